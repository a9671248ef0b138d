using System.Collections.Immutable;
using CloudNative.Discovery.Balancing.Policies;
using CloudNative.Discovery.Configuration;
using CloudNative.Discovery.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery.Balancing;

/// <summary>
/// The instances of one service and who of them may be picked. Picks read prepared arrays without a lock; a refresh, an
/// ejection or a reinstatement prepares new ones under the lock.
/// </summary>
internal sealed partial class Roster(
    string service,
    TimeProvider time,
    CurrentDiscoveryOptions options,
    DiscoveryMetrics metrics,
    SelectionBuilder builder,
    ILogger logger)
{
    /// <summary>
    /// Of those that were prepared, the oldest make room: settings change, and what nobody asks for any more is left.
    /// </summary>
    private const int MostSelections = 64;
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Chance _chance = builder.Chance;
    private readonly Picking _picking = new(builder.Chance);
    private readonly Dictionary<string, Member> _byId = new(StringComparer.Ordinal);
    private ImmutableArray<Member> _members = [];
    private Selection[] _selections = [];
    private bool _panic;

    /// <summary>
    /// Called, outside the lock, when an instance that its source no longer lists refused a connection.
    /// </summary>
    public Action<ServiceInstance>? DoubtedRefused { get; set; }

    public ImmutableArray<Member> Members => _members;

    /// <summary>What is prepared; for tests.</summary>
    public IReadOnlyList<Selection> Selections => Volatile.Read(ref _selections);

    public long Now() => time.GetTimestamp();

    /// <summary>Takes over what the sources say; the statistics of instances that stay are kept.</summary>
    public ImmutableArray<EndpointState> Replace(IReadOnlyList<ServiceInstance> instances, IReadOnlySet<string> doubted)
    {
        lock (_lock)
        {
            var now = Now();
            var isFirst = _byId.Count == 0;
            var members = ImmutableArray.CreateBuilder<Member>(instances.Count);
            foreach (var instance in instances)
            {
                var member = Admit(instance, isFirst ? null : now);
                member.IsDoubted = doubted.Contains(instance.Id);
                members.Add(member);
            }

            _members = members.DrainToImmutable();
            Retire(now);
            Rebuild();
            return ImmutableArray.CreateRange(_members, member => member.State);
        }
    }

    public bool TryPick(in PickRequest request, out EndpointPick pick)
    {
        var now = time.GetTimestamp();
        var selection = Find(request.Query, request.Balancer);
        if (now < selection.SimpleUntil && request.Policy is null && request.Tried.IsEmpty)
        {
            var states = selection.States;
            var index = PowerOfTwoChoices.Choose(states, _chance, now);
            if (index >= 0)
            {
                states[index].Begin();
                pick = new EndpointPick(selection.Targets[index], now);
                return true;
            }
        }
        else if (_picking.Choose(Current(selection, now), request, now) is { } target)
        {
            target.Member.State.Begin();
            pick = new EndpointPick(target, now);
            return true;
        }

        pick = default;
        return false;
    }

    /// <summary>
    /// An instance answered for the first time: those that have not yet are taken to be like it, and a little quicker,
    /// so that they are called, but not flooded. Those that were called and have not answered are no quicker.
    /// </summary>
    public void ExpectLike(long latency, long now)
    {
        foreach (var member in _members)
        {
            member.State.Expect(member.State.InFlight > 0 ? latency : latency / 2, now);
        }
    }

    private Selection Find(in EndpointQuery query, LoadBalancer? balancer)
    {
        foreach (var selection in Volatile.Read(ref _selections))
        {
            if (selection.Serves(query, balancer))
            {
                return selection;
            }
        }

        return Prepare(query, balancer);
    }

    // One thread prepares it anew; the others use it as it is meanwhile.
    private Selection Current(Selection selection, long now)
    {
        if (now < selection.Changes || !_lock.TryEnter())
        {
            return selection;
        }

        try
        {
            var place = Array.IndexOf(_selections, selection);
            if (place < 0)
            {
                return selection;
            }

            var cap = options.Value.Ejection.MaxPercent;
            var current = builder.Build(selection.Query, selection.Balancer, _members, cap, now);
            var selections = (Selection[])_selections.Clone();
            selections[place] = current;
            Volatile.Write(ref _selections, selections);
            return current;
        }
        finally
        {
            _lock.Exit();
        }
    }

    private Selection Prepare(in EndpointQuery query, LoadBalancer? balancer)
    {
        lock (_lock)
        {
            foreach (var selection in _selections)
            {
                if (selection.Serves(query, balancer))
                {
                    return selection;
                }
            }

            var prepared = builder.Build(query, balancer, _members, options.Value.Ejection.MaxPercent, Now());
            var kept = _selections.AsSpan(_selections.Length < MostSelections ? 0 : 1);
            Volatile.Write(ref _selections, [.. kept, prepared]);
            return prepared;
        }
    }

    // Those that are there when we begin to look are not new.
    private Member Admit(ServiceInstance instance, long? appeared)
    {
        if (!_byId.TryGetValue(instance.Id, out var member))
        {
            member = new Member(instance, this, time.TimestampFrequency) { FreshSince = appeared ?? long.MinValue };
            _byId.Add(instance.Id, member);
            if (appeared is { } now && _members.FirstOrDefault(other => other.State.IsObserved) is { } known)
            {
                member.State.Expect((long)(known.State.LatencySeconds * time.TimestampFrequency / 2), now);
            }

            return member;
        }

        if (member.IsEjected && !member.State.Instance.Endpoints.SequenceEqual(instance.Endpoints))
        {
            // It was ejected at another address; the new one deserves a chance.
            member.Reinstate(Now());
        }

        if (member.Departed is not null)
        {
            member.Departed = null;
            member.FreshSince = appeared ?? long.MinValue;
        }

        member.State.Instance = instance;
        return member;
    }

    // An instance that comes back within the time (a registry that flaps) finds its statistics again.
    private void Retire(long now)
    {
        var current = _members.ToHashSet();
        foreach (var (id, member) in _byId)
        {
            if (current.Contains(member))
            {
                continue;
            }

            member.Departed ??= now;
            if (time.GetElapsedTime(member.Departed.Value, now) > Retention)
            {
                _byId.Remove(id);
            }
        }
    }

    private void Rebuild()
    {
        var cap = options.Value.Ejection.MaxPercent;
        var now = Now();
        Volatile.Write(
            ref _selections, Array.ConvertAll(_selections, old => builder.Build(old.Query, old.Balancer, _members, cap, now)));
        var panic = SelectionBuilder.IsPanic(_members, cap);
        if (panic != _panic)
        {
            _panic = panic;
            LogPanicChange(panic);
        }
    }
}
