using System.Net;

namespace CloudNative.Http.Fallbacks;

/// <summary>Asks the client's fallback for another answer once a call has failed for good.</summary>
internal sealed class Fallback(ClientFallback fallback)
{
    public async Task<HttpResponseMessage> SendAsync(
        Task<HttpResponseMessage> call, HttpRequestMessage request, string service, CancellationToken caller)
    {
        HttpResponseMessage response;
        try
        {
            response = await call.ConfigureAwait(false);
        }
        catch (Exception exception) when (!caller.IsCancellationRequested)
        {
            if (await AskAsync(new FailedCall(request, service, exception, null), caller).ConfigureAwait(false) is { } instead)
            {
                return instead;
            }

            throw;
        }

        if ((int)response.StatusCode < 500 || response.StatusCode == HttpStatusCode.NotImplemented
            || await AskAsync(new FailedCall(request, service, null, response), caller).ConfigureAwait(false) is not { } better)
        {
            return response;
        }

        if (!ReferenceEquals(better, response))
        {
            response.Dispose();
        }

        return better;
    }

    private async ValueTask<HttpResponseMessage?> AskAsync(FailedCall failed, CancellationToken cancellationToken)
    {
        var answer = await fallback.AnswerAsync(failed, cancellationToken).ConfigureAwait(false);
        if (answer is not null)
        {
            answer.RequestMessage ??= failed.Request;
        }

        return answer;
    }
}
