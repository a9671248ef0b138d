using System.Net;
using CloudNative.Discovery;
using CloudNative.Http.Grpc;

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
    private readonly HttpResponseMessage? _grpc;
    private readonly long _answered;
    private readonly BodyTimer? _timer;
    private int _ended;
    private int _isReading;

    /// <param name="inner">The content of the answer.</param>
    /// <param name="pick">The instance it comes from.</param>
    /// <param name="outcome">What its status says of the instance.</param>
    /// <param name="answered">When its headers were there.</param>
    /// <param name="timer">Ends it at the deadline of the call, where there is one.</param>
    /// <param name="grpc">The answer, when it says in its trailers how the call went.</param>
    public LeasedContent(
        HttpContent inner, EndpointPick pick, EndpointOutcome outcome, long answered, BodyTimer? timer, HttpResponseMessage? grpc)
    {
        _timer = timer;
        _grpc = grpc;
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
    ~LeasedContent()
    {
        // Its timer may be collected with it.
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _pick.Complete(EndpointOutcome.Abandoned, _answered);
            _timer?.Dispose();
        }
    }

    /// <summary>The body has ended as its status promised.</summary>
    public void End() => End(
        _grpc is not null && GrpcExchange.StatusOf(_grpc.TrailingHeaders) is { } status ? GrpcExchange.OutcomeOf(status) : _outcome);

    /// <summary>Begins to read.</summary>
    /// <param name="reader">The reader's token.</param>
    /// <returns>The token to read with.</returns>
    public CancellationToken BeginRead(CancellationToken reader)
    {
        if (_timer is null)
        {
            return reader;
        }

        // Announced before it is looked whether the lease has ended, and End looks the other way round: a timer that is in use is not
        // handed on.
        Interlocked.Exchange(ref _isReading, 1);
        return Volatile.Read(ref _ended) == 0 ? _timer.Follow(reader) : reader;
    }

    public void EndRead() => Volatile.Write(ref _isReading, 0);

    /// <summary>The body broke off while it was read.</summary>
    /// <returns>What the reader gets instead of the exception, where it was the deadline that broke it off.</returns>
    public Exception? Fail(Exception exception)
    {
        var explained = Volatile.Read(ref _ended) == 0 ? _timer?.Explain(exception) : null;
        EndRead();
        End(exception is OperationCanceledException ? EndpointOutcome.Abandoned : EndpointOutcome.Failure);
        return explained;
    }

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await _inner.CopyToAsync(stream, context, BeginRead(cancellationToken)).ConfigureAwait(false);
            EndRead();
            End();
        }
        catch (Exception exception)
        {
            if (Fail(exception) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            _inner.CopyTo(stream, context, BeginRead(cancellationToken));
            EndRead();
            End();
        }
        catch (Exception exception)
        {
            if (Fail(exception) is { } explained)
            {
                throw explained;
            }

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
            _timer?.End(idle: Interlocked.CompareExchange(ref _isReading, 0, 0) == 0);
        }
    }
}
