using CloudNative.Embedded.Tests.Support;
using CloudNative.Leases;
using CloudNative.Testing;
using CloudNative.Testing.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Embedded.Tests.Conformance;

public sealed class OneProcessLeaseTests : LeaseProviderConformance
{
    protected override ValueTask<LeaseSubject> CreateAsync() => new(new Hosts());

    // Each host has a clock of its own; a paused process is one whose clock stands still.
    private sealed class Hosts : LeaseSubject
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly FakeTimeProvider _firstClock = new();
        private readonly FakeTimeProvider _secondClock = new();
        private readonly EmbeddedHost _first;
        private readonly EmbeddedHost _second;
        private TimeSpan _behind;

        public Hosts()
        {
            _first = new EmbeddedHost(_directory.Path, _firstClock);
            _second = new EmbeddedHost(_directory.Path, _secondClock);
        }

        public override ILeaseProvider First => _first.Leases;

        public override ILeaseProvider Second => _second.Leases;

        public override async Task AdvanceAsync(TimeSpan time)
        {
            await _first.AdvanceAsync(_firstClock, time);
            await _second.AdvanceAsync(_secondClock, time);
        }

        public override Task AdvanceSecondAloneAsync(TimeSpan time)
        {
            _behind += time;
            return _second.AdvanceAsync(_secondClock, time);
        }

        public override async Task ResumeFirstAsync()
        {
            await _first.AdvanceAsync(_firstClock, _behind);
            _behind = TimeSpan.Zero;
        }

        public override async ValueTask DisposeAsync()
        {
            await _first.DisposeAsync();
            await _second.DisposeAsync();
            _directory.Dispose();
        }
    }
}
