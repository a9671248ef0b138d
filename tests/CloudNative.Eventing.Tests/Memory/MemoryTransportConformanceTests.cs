using CloudNative.Eventing.Memory;
using CloudNative.Testing.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Eventing.Tests.Memory;

public sealed class MemoryTransportConformanceTests : EventTransportConformance
{
    protected override ValueTask<EventTransportSubject> CreateAsync() => new(new Processes());

    // The work is done by whoever appends, settles or moves the clock, so that nothing is left when a call returns.
    private sealed class Processes : EventTransportSubject
    {
        private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

        private readonly FakeTimeProvider _clock = new();
        private readonly MemoryStore _store;
        private readonly MemoryTransport _second;
        private MemoryTransport _first;
        private TimeSpan _paused;

        public Processes()
        {
            _store = new MemoryStore(_clock, []);
            _first = new MemoryTransport(_store);
            _second = new MemoryTransport(_store);
        }

        public override IEventTransport First => _first;

        public override IEventTransport Second => _second;

        public override DateTimeOffset Now => _clock.GetUtcNow();

        public override bool CanPause => true;

        public override bool CanKill => true;

        public override bool CanBreak => true;

        public override Task AdvanceAsync(TimeSpan time)
        {
            _clock.Advance(time);
            return Task.CompletedTask;
        }

        // Leases in memory do not run out by themselves.
        public override Task AdvanceSecondAloneAsync(TimeSpan time)
        {
            _first.Suspend();
            _clock.Advance(time);
            _paused += time;
            if (_paused > Lease)
            {
                _first.ExpireLeases();
            }

            return Task.CompletedTask;
        }

        public override Task ResumeFirstAsync()
        {
            _first.Resume();
            return Task.CompletedTask;
        }

        public override Task KillFirstAsync()
        {
            _first.Kill();
            _first = new MemoryTransport(_store);
            return Task.CompletedTask;
        }

        public override Task BreakAsync()
        {
            _store.Break("The store was broken by a test; mend it.");
            return Task.CompletedTask;
        }

        public override Task MendAsync()
        {
            _store.Mend();
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            _store.Dispose();
            return default;
        }
    }
}
