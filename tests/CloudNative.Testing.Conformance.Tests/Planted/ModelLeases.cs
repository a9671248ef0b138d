using CloudNative.Leases;

namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>
/// Leases in memory, for two processes with a clock each, that are right, with one bug at a time to switch on.
/// </summary>
internal sealed class ModelLeases : LeaseSubject
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lease> _holders = [];
    private readonly LeaseBug _bug;
    private readonly Side _first;
    private readonly Side _second;
    private long _token;

    public ModelLeases(LeaseBug bug)
    {
        _bug = bug;
        _first = new Side(this);
        _second = new Side(this);
    }

    public override ILeaseProvider First => _first;

    public override ILeaseProvider Second => _second;

    public override Task AdvanceAsync(TimeSpan time)
    {
        _first.Advance(time);
        _second.Advance(time);
        return Task.CompletedTask;
    }

    public override Task AdvanceSecondAloneAsync(TimeSpan time)
    {
        _second.Advance(time);
        return Task.CompletedTask;
    }

    public override Task ResumeFirstAsync()
    {
        _first.Advance(_second.Now - _first.Now);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => default;

    private sealed class Side(ModelLeases leases) : ILeaseProvider
    {
        private readonly List<Lease> _held = [];

        public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

        public void Advance(TimeSpan time)
        {
            lock (leases._lock)
            {
                Now += time;
                _held.RemoveAll(lease => !lease.Renew());
            }
        }

        public ValueTask<ILease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var anyName = leases._bug == LeaseBug.TakesAnyName;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, anyName ? int.MaxValue : 200, nameof(name));
            ArgumentOutOfRangeException.ThrowIfLessThan(name.Length, anyName ? 0 : 1, nameof(name));
            ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.FromSeconds(1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, TimeSpan.FromHours(1));
            lock (leases._lock)
            {
                var expires = leases._bug != LeaseBug.NeverExpires;
                var held = leases._holders.TryGetValue(name, out var holder) && (!expires || holder.Expires > Now);
                if (held && leases._bug != LeaseBug.SharesTheLease)
                {
                    return new((ILease?)null);
                }

                var token = leases._bug == LeaseBug.RepeatsTokens ? 1 : ++leases._token;
                var lease = new Lease(leases, this, name, duration, token);
                leases._holders[name] = lease;
                _held.Add(lease);
                return new(lease);
            }
        }
    }

    private sealed class Lease(ModelLeases leases, Side side, string name, TimeSpan duration, long token) : ILease
    {
        private readonly CancellationTokenSource _lost = new();
        private bool _released;

        public string Name => name;

        public long FencingToken => token;

        public CancellationToken Lost => _lost.Token;

        public TimeSpan Expires { get; private set; } = side.Now + duration;

        /// <summary>False when the lease has ended.</summary>
        public bool Renew()
        {
            if (_released)
            {
                return false;
            }

            var held = leases._holders.GetValueOrDefault(name) == this && Expires > side.Now;
            if (!held && leases._bug == LeaseBug.NoFencingOnRenewal)
            {
                leases._holders[name] = this;
                held = true;
            }

            if (held && leases._bug != LeaseBug.NeverRenews)
            {
                Expires = side.Now + duration;
            }
            else if (!held && leases._bug != LeaseBug.NeverTellsOfLoss)
            {
                _lost.Cancel();
            }

            return held;
        }

        public ValueTask DisposeAsync()
        {
            lock (leases._lock)
            {
                var mine = leases._holders.GetValueOrDefault(name) == this;
                if (mine || leases._bug == LeaseBug.NoFencingOnRelease)
                {
                    leases._holders.Remove(name);
                }

                _released = true;
            }

            return default;
        }
    }
}
