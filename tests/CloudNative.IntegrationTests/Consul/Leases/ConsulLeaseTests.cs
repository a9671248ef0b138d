using CloudNative.Leases;
using CloudNative.Testing.Conformance;
using CloudNative.TestSupport.Leases;

namespace CloudNative.IntegrationTests.Consul.Leases;

/// <summary>
/// What every provider of leases must do, on a real server. Each process has a clock of its own; a paused one is one whose clock stands
/// still. The server's clock is real and late, so that what a lease's duration is to the suite ends there by hand, as the servers do it
/// themselves between one and two TTLs after the last renewal: <see cref="LeaseProcessTests"/> waits for that.
/// </summary>
public sealed class ConsulLeaseTests(ConsulServer server) : LeaseProviderConformance, IClassFixture<ConsulServer>
{
    // The suite's.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(9);

    // Sessions are ended all at once here.
    protected override int RandomRuns => 0;

    protected override async ValueTask<LeaseSubject> CreateAsync()
    {
        await server.StartAsync();
        return new Hosts(server);
    }

    private sealed class Hosts : LeaseSubject
    {
        private readonly ConsulServer _server;
        private readonly LeaseClock _firstClock = new();
        private readonly LeaseClock _secondClock = new();
        private readonly ConsulHost _first;
        private readonly ConsulHost _second;
        private TimeSpan _behind;

        public Hosts(ConsulServer server)
        {
            _server = server;
            (string, string)[] settings = [("Leases:KeyPrefix", $"tests/{Guid.NewGuid()}"), ("Leases:LockDelay", "0")];
            _first = new ConsulHost(server.Address, _firstClock, settings);
            _second = new ConsulHost(server.Address, _secondClock, settings);
        }

        public override ILeaseProvider First => _first.Leases;

        public override ILeaseProvider Second => _second.Leases;

        public override async Task AdvanceAsync(TimeSpan time)
        {
            await _firstClock.AdvanceAsync(time);
            await _secondClock.AdvanceAsync(time);
        }

        public override async Task AdvanceSecondAloneAsync(TimeSpan time)
        {
            _behind += time;
            await _secondClock.AdvanceAsync(time);
            if (_behind > Duration)
            {
                await _server.EndSessionsAsync();
            }
        }

        public override async Task ResumeFirstAsync()
        {
            await _firstClock.AdvanceAsync(_behind);
            _behind = TimeSpan.Zero;
        }

        public override async ValueTask DisposeAsync()
        {
            await _first.DisposeAsync();
            await _second.DisposeAsync();
            await _server.EndSessionsAsync();
        }
    }
}
