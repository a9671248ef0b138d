namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>Does something after the first page of the first list.</summary>
internal sealed class AfterFirstList(Action work) : DelegatingHandler
{
    private int _calls;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (Interlocked.Increment(ref _calls) == 1)
        {
            work();
        }

        return response;
    }
}
