using System.Net;
using System.Net.Http.Headers;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>Connects a client within the process.</summary>
internal sealed class InProcessHandler(ApiServer server) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null
            ? string.Empty
            : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var target = request.RequestUri!;
        ApiResponse answer;
        try
        {
            answer = await server.AnswerAsync(
                new ApiRequest(
                    request.Method.Method,
                    target.AbsolutePath,
                    QueryText.Parse(target.Query),
                    request.Content?.Headers.ContentType?.MediaType,
                    body,
                    request.Headers.Authorization is { Scheme: "Bearer" } authorization
                        ? authorization.Parameter
                        : null)
                {
                    Target = target.PathAndQuery,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionRefusedException exception)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, exception.Message, exception);
        }

        HttpContent content = answer.Feed is { } feed
            ? new WatchContent(feed, server.Watches)
            : new ByteArrayContent(answer.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue(answer.ContentType);
        return new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = content, RequestMessage = request };
    }
}
