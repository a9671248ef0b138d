using CloudNative.Eventing;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.Testing.Agent.Client;
using CloudNative.Testing.Conformance;
using CloudNative.TestSupport.PostgreSql;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.PostgreSql.Tests.Conformance;

/// <summary>Two hosts on one database in this process, on one virtual clock.</summary>
public sealed class OneProcessEventTests(PostgreSqlServer server) : EventTransportConformance
{
    protected override async ValueTask<EventTransportSubject> CreateAsync() => new Hosts(await server.CreateDatabaseAsync());

    private sealed class Hosts : EventTransportSubject
    {
        private const int MostSteps = 100;

        private static readonly TimeSpan _shortestStep = TimeSpan.FromSeconds(1);

        private readonly FakeTimeProvider _clock = new();
        private readonly string _database;
        private EventHost _first;
        private EventHost _second;

        public Hosts(string database)
        {
            _database = database;
            _first = new EventHost(database, _clock);
            _second = new EventHost(database, _clock);
        }

        public override IEventTransport First => _first.Events;

        public override IEventTransport Second => _second.Events;

        public override DateTimeOffset Now => _clock.GetUtcNow();

        public override bool CanRestart => true;

        public override async Task AdvanceAsync(TimeSpan time)
        {
            await RestAsync();
            var length = StepOf(time);
            for (; time > TimeSpan.Zero; time -= length)
            {
                _clock.Advance(time < length ? time : length);
                await RestAsync();
            }
        }

        public override async Task RestartAsync()
        {
            await _first.DisposeAsync();
            await _second.DisposeAsync();
            _first = new EventHost(_database, _clock);
            _second = new EventHost(_database, _clock);
        }

        // Leases are renewed between two steps; where so much time passes that none is held, steps may be long.
        private static TimeSpan StepOf(TimeSpan time) =>
            time / MostSteps > _shortestStep ? time / MostSteps : _shortestStep;

        public override async ValueTask DisposeAsync()
        {
            await _first.DisposeAsync();
            await _second.DisposeAsync();
        }

        private async Task RestAsync()
        {
            for (var round = 0; round < 2; round++)
            {
                await EventRest.LetAsync(First, TestContext.Current.CancellationToken);
                await EventRest.LetAsync(Second, TestContext.Current.CancellationToken);
            }
        }
    }
}
