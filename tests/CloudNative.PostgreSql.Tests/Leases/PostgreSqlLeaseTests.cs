using CloudNative.Leases;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.Testing.Conformance;
using CloudNative.TestSupport.PostgreSql;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.PostgreSql.Tests.Leases;

/// <summary>On a real server whose clock is moved by the tests: the one function that tells it is replaced.</summary>
public sealed class PostgreSqlLeaseTests(PostgreSqlServer server) : LeaseProviderConformance
{
    protected override async ValueTask<LeaseSubject> CreateAsync()
    {
        var hosts = await DatabaseHosts.CreateAsync(server);
        var subject = new Database(hosts);
        await subject.StopClockAsync();
        return subject;
    }

    private sealed class Database : LeaseSubject
    {
        private readonly DatabaseHosts _hosts;
        private readonly WatchedTime _firstClock = new();
        private readonly WatchedTime _secondClock = new();
        private TimeSpan _behind;

        public Database(DatabaseHosts hosts)
        {
            _hosts = hosts;
            First = Leases(_firstClock);
            Second = Leases(_secondClock);
        }

        public override ILeaseProvider First { get; }

        public override ILeaseProvider Second { get; }

        /// <summary>The server's time is a row.</summary>
        public async Task StopClockAsync()
        {
            var lease = await First.TryAcquireAsync("first use", TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            await lease!.DisposeAsync();
            await _hosts.ExecuteAsync(
                """
                CREATE TABLE cloudnative.stopped_clock AS SELECT now() AS time;
                CREATE OR REPLACE FUNCTION cloudnative.lease_time() RETURNS timestamptz LANGUAGE sql VOLATILE
                    AS 'SELECT time FROM cloudnative.stopped_clock';
                """);
        }

        public override async Task AdvanceAsync(TimeSpan time)
        {
            await AdvanceServerAsync(time);
            _firstClock.Advance(time);
            _secondClock.Advance(time);
            await _firstClock.RestAsync();
            await _secondClock.RestAsync();
        }

        public override async Task AdvanceSecondAloneAsync(TimeSpan time)
        {
            _behind += time;
            for (var step = TimeSpan.Zero; step < time; step += time / 10)
            {
                await AdvanceServerAsync(time / 10);
                _secondClock.Advance(time / 10);
                await _secondClock.RestAsync();
            }
        }

        public override Task ResumeFirstAsync()
        {
            _firstClock.Advance(_behind);
            _behind = TimeSpan.Zero;
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => _hosts.DisposeAsync();

        private async Task AdvanceServerAsync(TimeSpan time) => await _hosts.ExecuteAsync(FormattableString.Invariant(
            $"UPDATE cloudnative.stopped_clock SET time = time + make_interval(secs => {time.TotalSeconds})"));

        private ILeaseProvider Leases(WatchedTime clock) =>
            _hosts.Add(clock).GetRequiredKeyedService<ILeaseProvider>(PostgreSqlProvider.Name);
    }
}
