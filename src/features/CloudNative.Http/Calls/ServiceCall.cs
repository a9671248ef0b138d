using CloudNative.Discovery;
using CloudNative.Http.Deadlines;
using CloudNative.Http.Hedging;
using CloudNative.Http.Limits;
using CloudNative.Http.Picking;
using CloudNative.Http.Retries;
using CloudNative.Http.Settings;

namespace CloudNative.Http.Calls;

/// <summary>
/// One call to a service, all its attempts included: what was asked, what was tried, how much time is left. Owned by
/// one call at a time; used again by later ones.
/// </summary>
internal sealed class ServiceCall : IDisposable
{
    private readonly TimeProvider _time;
    private readonly AttemptTimer _timer;
    private readonly Func<bool> _mayCut;
    private RetryBudget? _budget;
    private TriedEndpoints _tried;
    private bool _canSendAgain;
    private int _maxAttempts;

    public ServiceCall(TimeProvider time)
    {
        _time = time;
        _timer = new AttemptTimer(time);
        _mayCut = () => WasCut = MayRepeat && TryTakeRetry(out _);
    }

    public HttpRequestMessage Request { get; private set; } = null!;

    /// <summary>The next call of the same stripe; belongs to <see cref="ActiveCalls"/>.</summary>
    public ServiceCall? Next { get; set; }

    public ServiceEndpoints Service { get; private set; } = null!;

    public EndpointQuery Query { get; private set; }

    public ClientSettings Settings { get; private set; } = null!;

    /// <summary>Whether the request is a gRPC call, whose answer says in its own way how it went.</summary>
    public bool IsGrpc { get; private set; }

    /// <summary>The URI as the caller wrote it.</summary>
    public Uri Uri { get; private set; } = null!;

    /// <summary>The body as the caller gave it.</summary>
    public HttpContent? Content { get; private set; }

    /// <summary>What the call shares with its hedge, where it may have one.</summary>
    public HedgePair? Pair { get; set; }

    /// <summary>Where the current attempt holds a place, if places are limited.</summary>
    public AdaptiveLimit? Limit { get; set; }

    /// <summary>The timestamp at which the call began.</summary>
    public long Began { get; private set; }

    /// <summary>When the call's time is up.</summary>
    public CallDeadline Deadline { get; private set; }

    /// <summary>Whether attempts tell their instances how much time is left.</summary>
    public bool TellsDeadline => Settings.SendDeadline switch
    {
        DeadlineSending.Given => Deadline.Given != long.MaxValue,
        DeadlineSending.Always => Deadline.Timestamp != long.MaxValue,
        _ => false,
    };

    /// <summary>1 for the first attempt.</summary>
    public int Attempt { get; private set; }

    /// <summary>How the current attempt ended, as the pick handler saw it.</summary>
    public AttemptEnd End { get; private set; }

    /// <summary>The URI of the current attempt; the caller's own, but for its scheme.</summary>
    public Uri? Sent { get; set; }

    /// <summary>Whether the instance led elsewhere in this attempt; then nothing is repeated.</summary>
    public bool WasRedirected { get; private set; }

    /// <summary>The timestamp until which the call waits for an endpoint; 0 before it waits.</summary>
    public long WaitsUntil { get; set; }

    /// <summary>Whether the current attempt was cancelled because it took too long.</summary>
    public bool HasExpired => _timer.HasExpired;

    /// <summary>Whether something that may have reached an instance may be sent again.</summary>
    public bool MayRepeat => Attempt < _maxAttempts && _canSendAgain && Settings.IsIdempotent(Request);

    /// <summary>Whether a request that its instance refused to begin may be sent again.</summary>
    public bool MayRepeatRefused => Attempt < _maxAttempts && _canSendAgain;

    /// <summary>The wait before the next attempt.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether a retry was taken from the budget so that the current attempt could be cut short.</summary>
    public bool WasCut { get; private set; }

    public void Begin(
        HttpRequestMessage request,
        ServiceEndpoints service,
        EndpointQuery query,
        ClientSettings settings,
        RetryBudget? budget,
        in CallDeadline deadline,
        long began,
        int? maxAttempts = null)
    {
        _budget = budget;
        Request = request;
        Service = service;
        Query = query;
        Settings = settings;
        Uri = request.RequestUri!;
        Content = request.Content;
        Attempt = 0;
        _maxAttempts = maxAttempts ?? settings.MaxAttempts;
        Sent = null;
        IsBarred = false;
        FullAt = 0;
        WaitsUntil = 0;
        Began = began;
        Deadline = deadline;
        budget?.OnCall(began);
        IsGrpc = deadline.IsGrpc;
        _canSendAgain = Replay.CanSendAgain(request.Content);
    }

    /// <summary>Whether the body may be held in memory so that it can be sent again.</summary>
    public bool MayBuffer => !_canSendAgain && Settings.BufferLimit > 0 && _maxAttempts > 1
        && Content!.Headers.ContentLength <= Settings.BufferLimit && Settings.IsIdempotent(Request);

    /// <summary>Takes the body into memory.</summary>
    public async Task BufferAsync(CancellationToken cancellationToken)
    {
        await Content!.LoadIntoBufferAsync(Settings.BufferLimit, cancellationToken).ConfigureAwait(false);
        _canSendAgain = true;
    }

    /// <summary>
    /// The token of the next attempt, which fires with the caller's, at the deadline, or when the attempt has taken
    /// too long.
    /// </summary>
    public CancellationToken BeginAttempt(CancellationToken caller)
    {
        Attempt++;
        End = AttemptEnd.NotPicked;
        WasRedirected = false;
        WasCut = false;
        Sent = null;
        var cut = Attempt < _maxAttempts && _canSendAgain
            ? (Attempt == 1 ? Began : _time.GetTimestamp()) + ToTicks(Settings.AttemptTimeout)
            : Deadline.Timestamp;
        return _timer.Begin(cut, Deadline.Timestamp, _mayCut, caller);
    }

    /// <summary>
    /// A body that is sent from a stream may still be under way when the answer is there, and listen to the token.
    /// </summary>
    public void EndAttempt() => _timer.End(reuse: _canSendAgain);

    public TimeSpan TimeLeft() => _time.GetElapsedTime(_time.GetTimestamp(), Deadline.Timestamp);

    public bool TryTakeRetry(out bool justExhausted)
    {
        justExhausted = false;
        return _budget?.TryTake(_time.GetTimestamp(), Settings.BudgetRatio, Settings.BudgetReserve, out justExhausted) == true;
    }

    /// <summary>Notes how an attempt ended, and whether the runtime followed a redirect in it.</summary>
    public void Conclude(AttemptEnd end)
    {
        WasRedirected = !ReferenceEquals(Sent, Request.RequestUri);
        End = WasRedirected && end != AttemptEnd.Answered ? AttemptEnd.Permanent : end;
    }

    /// <summary>
    /// Takes an endpoint this call has not tried; when an answer is being asked for again, rather a tried one than
    /// none, unless it asked to be left alone until later.
    /// </summary>
    public bool TryPick(out EndpointPick pick)
    {
        // Without a balancer nobody asks for the key.
        var balancer = Settings.Balancer;
        var key = balancer is null ? null : Request.GetBalancingKey(balancer);
        if (_tried.All.IsEmpty)
        {
            return Service.TryPick(new PickRequest(Query, key: key, balancer: balancer), out pick);
        }

        if (Service.TryPick(new PickRequest(Query, null, _tried.All, key, balancer), out pick))
        {
            return true;
        }

        var barred = _tried.Barred(_time.GetTimestamp());
        IsBarred = barred.Length > _tried.NotConnectedCount;
        return _tried.HasAnswered && Service.TryPick(new PickRequest(Query, null, barred, key, balancer), out pick);
    }

    /// <summary>Whether the last pick left out an instance that answered and asked to be left alone until later.</summary>
    public bool IsBarred { get; private set; }

    /// <summary>
    /// How long to wait because every healthy instance was tried and those that answered asked to be left alone for so long; zero while
    /// there is another one.
    /// </summary>
    public TimeSpan FindWait()
    {
        var now = _time.GetTimestamp();
        var due = _tried.HasAnswered ? _tried.NextDue : 0;
        return due <= now || HasUntried(now) ? TimeSpan.Zero : _time.GetElapsedTime(now, due);
    }

    /// <summary>How many calls the instance takes that had no room for this one; 0 while each had.</summary>
    public int FullAt { get; private set; }

    /// <summary>Leaves out an instance that has no room for this call.</summary>
    public void AddFull(EndpointState state, int limit)
    {
        FullAt = limit;
        _tried.AddNotConnected(state);
    }

    public void AddTried(EndpointState state, bool connected, long until = 0)
    {
        if (connected)
        {
            _tried.AddAnswered(state, until);
        }
        else
        {
            _tried.AddNotConnected(state);
        }
    }

    /// <summary>Whether any endpoint was tried in vain.</summary>
    public bool HasTried => !_tried.All.IsEmpty;

    public void ForgetTried()
    {
        _tried.Clear();
        IsBarred = false;
    }

    /// <summary>Puts the request back as the caller wrote it, for another attempt.</summary>
    public void RestoreRequest()
    {
        Request.RequestUri = Uri;
        Request.Content = Content;
    }

    /// <summary>Lets go of everything that belongs to the caller.</summary>
    public void Finish()
    {
        _tried.Clear();
        _budget = null;
        Pair = null;
        Request = null!;
        Service = null!;
        Settings = null!;
        Uri = null!;
        Content = null;
        Sent = null;
    }

    public void Dispose() => _timer.Dispose();

    // The table alone knows who is eligible, so it is asked for one that is then not used.
    private bool HasUntried(long now)
    {
        var balancer = Settings.Balancer;
        var key = balancer is null ? null : Request.GetBalancingKey(balancer);
        if (!Service.TryPick(new PickRequest(Query, null, _tried.All, key, balancer), out var pick))
        {
            return false;
        }

        pick.Complete(EndpointOutcome.Abandoned);
        return pick.State.EjectedUntil <= now;
    }

    private long ToTicks(TimeSpan duration) => (long)(duration.TotalSeconds * _time.TimestampFrequency);
}
