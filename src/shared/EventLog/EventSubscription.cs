using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>A subscription, which outlives its places in the group: it may be put out while it is paused, and comes back.</summary>
internal sealed class EventSubscription(ISubscriptionKeeper keeper, SubscriptionSpec spec, IDeliverySink sink) : IEventSubscription
{
    private readonly Lock _gate = new();
    private GroupMember? _member;
    private ILogSession? _session;
    private SubscriptionState _state = SubscriptionState.Active;
    private string? _reason;
    private bool _isStopped;
    private bool _isDisposed;

    public SubscriptionSpec Spec => spec;

    /// <summary>Takes a place in the group, unless there is one.</summary>
    public async Task<int> JoinAsync(ILogSession session)
    {
        lock (_gate)
        {
            if (_isStopped || _member is not null)
            {
                return 0;
            }
        }

        var member = await session.JoinAsync(spec, sink, PutOut).ConfigureAwait(false);
        lock (_gate)
        {
            (_member, _session) = (member, session);
        }

        await session.AddAsync(member).ConfigureAwait(false);
        return 1;
    }

    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        GroupMember? member;
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
            member = _member;
        }

        try
        {
            if (member is not null)
            {
                await member.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (LogFailure)
        {
            // The others learn of it later; here nothing is delivered any more.
        }

        Change(SubscriptionState.Stopped, null);
    }

    public async ValueTask<EventBacklog> GetBacklogAsync(CancellationToken cancellationToken)
    {
        long group;
        lock (_gate)
        {
            group = _member?.Group.Id ?? 0;
        }

        return await keeper.ReadBacklogAsync(group, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        GroupMember? member;
        ILogSession? session;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            (_isDisposed, _isStopped) = (true, true);
            (member, session) = (_member, _session);
        }

        keeper.Forget(this);
        if (member is not null)
        {
            await session!.RemoveAsync(member).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await member.LeaveAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Change(SubscriptionState.Stopped, null);
    }

    /// <summary>The session is over; what is in flight is lost.</summary>
    public void Part(ILogSession session)
    {
        GroupMember? member;
        lock (_gate)
        {
            if (!ReferenceEquals(session, _session))
            {
                return;
            }

            member = _member;
            _member = null;
        }

        member?.End();
    }

    /// <summary>Says what stands in the way; null when nothing does.</summary>
    public void Tell(string? reason)
    {
        if (!_isStopped)
        {
            Change(reason is null ? SubscriptionState.Active : SubscriptionState.Paused, reason);
        }
    }

    // On the reader's thread.
    private void PutOut(GroupMember member)
    {
        ILogSession session;
        lock (_gate)
        {
            if (!ReferenceEquals(member, _member))
            {
                return;
            }

            _member = null;
            session = _session!;
        }

        session.Own(session.RemoveAsync(member));
        if (!_isStopped)
        {
            keeper.Rejoin(this);
        }
    }

    private void Change(SubscriptionState state, string? reason)
    {
        lock (_gate)
        {
            if (_state == SubscriptionState.Stopped || (_state == state && _reason == reason))
            {
                return;
            }

            (_state, _reason) = (state, reason);
        }

        sink.StateChanged(state, reason);
    }
}
