npx mock-oauth run --provider mekari --consent approve -- node examples/run/fetch.js
npx mock-oauth run --provider mekari --fault 'token:refresh_token drop after' -- npm test
