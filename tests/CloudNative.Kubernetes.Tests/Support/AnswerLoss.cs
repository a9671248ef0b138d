namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>Lets writes reach the server and loses the answer, while it is told to.</summary>
internal sealed class AnswerLoss(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public bool LosesAnswersToPatch { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (LosesAnswersToPatch && request.Method == HttpMethod.Patch)
        {
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
        }

        return response;
    }
}
