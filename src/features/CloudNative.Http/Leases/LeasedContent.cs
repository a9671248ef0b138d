using System.Net;
using CloudNative.Discovery;

namespace CloudNative.Http.Leases;

/// <summary>
/// The body of an answer that is still arriving: its instance counts as busy until the body has ended, is disposed, or
/// is forgotten and collected. Headers and bytes are those of the inner content.
/// </summary>
internal sealed class LeasedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly EndpointPick _pick;
    private readonly EndpointOutcome _outcome;
    private readonly long _answered;
    private int _ended;

    public LeasedContent(HttpContent inner, EndpointPick pick, EndpointOutcome outcome, long answered)
    {
        _inner = inner;
        _pick = pick;
        _outcome = outcome;
        _answered = answered;
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            if (values.Count == 1)
            {
                Headers.TryAddWithoutValidation(name, values.ToString());
            }
            else
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }
    }

    // A caller who neither reads nor disposes an answer must not make its instance look busy for ever.
    ~LeasedContent() => End(EndpointOutcome.Abandoned);

    /// <summary>The body has ended as its status promised.</summary>
    public void End() => End(_outcome);

    /// <summary>The body broke off.</summary>
    public void Fail(Exception exception) =>
        End(exception is OperationCanceledException ? EndpointOutcome.Abandoned : EndpointOutcome.Failure);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await _inner.CopyToAsync(stream, context, cancellationToken).ConfigureAwait(false);
            End();
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            _inner.CopyTo(stream, context, cancellationToken);
            End();
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new LeasedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), this);

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) =>
        new LeasedStream(_inner.ReadAsStream(cancellationToken), this);

    // The length, where it is known, came over with the headers.
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            End();
        }

        base.Dispose(disposing);
    }

    private void End(EndpointOutcome outcome)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _pick.Complete(outcome, _answered);
        }
    }
}
