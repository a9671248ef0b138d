namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>Fails each call, or each body that goes on, in some way while it is told to.</summary>
internal sealed class FailingTransport : DelegatingHandler
{
    private volatile Func<Exception>? _failure;

    /// <summary>Makes what is thrown; null for nothing.</summary>
    public Func<Exception>? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    /// <summary>Whether the body fails, and not the call.</summary>
    public bool InTheBody { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_failure is not { } failure)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        return InTheBody ? new HttpResponseMessage { Content = new StreamContent(new FailingStream(failure)) } : throw failure();
    }
}
