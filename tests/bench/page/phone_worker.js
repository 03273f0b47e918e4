// Nanoseconds a number in libphonenumber-js, of the numbers in the file, one a line.
importScripts('/peers/libphonenumber-js/bundle/libphonenumber-min.js');

self.onmessage = async ({data: {file}}) => {
  const numbers = (await file.text()).trim().split('\n');
  libphonenumber.isValidPhoneNumber(numbers[0]);
  const started = performance.now();
  const valid = numbers.filter((number) => libphonenumber.isValidPhoneNumber(number)).length;
  self.postMessage({valid, ns: (performance.now() - started) * 1e6 / numbers.length});
};
