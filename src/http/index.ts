export { discreetHttp } from './discreetHttp';
export { HttpClient, type HttpRequest, type HttpResponse } from './httpClient';
export { NetworkError, networkErrorOf, timeoutError } from './networkError';
