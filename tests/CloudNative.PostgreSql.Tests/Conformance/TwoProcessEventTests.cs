using CloudNative.Eventing;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.Testing.Agent.Client;
using CloudNative.Testing.Conformance;
using CloudNative.TestSupport.PostgreSql;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.PostgreSql.Tests.Conformance;

/// <summary>The first is another process, with a virtual clock that this one moves; it can be stopped by a signal, and killed.</summary>
public sealed class TwoProcessEventTests(PostgreSqlServer server) : EventTransportConformance
{
    protected override async ValueTask<EventTransportSubject> CreateAsync()
    {
        var database = await server.CreateDatabaseAsync();
        return new Processes(database, await AgentProcess.StartAsync(database, virtualTime: true));
    }

    private sealed class Processes : EventTransportSubject
    {
        private const int MostSteps = 100;

        // The server lets go of a dead process's lock at once; whoever sees that waits whether it only lost its connection.
        private static readonly TimeSpan _noticed = TimeSpan.FromSeconds(8);

        private static readonly TimeSpan _shortestStep = TimeSpan.FromSeconds(1);

        private readonly FakeTimeProvider _clock = new();
        private readonly string _database;
        private readonly DateTimeOffset _begun;
        private AgentProcess _agent;
        private EventHost _here;
        private TimeSpan _behind;
        private bool _isPaused;

        public Processes(string database, AgentProcess agent)
        {
            _database = database;
            _agent = agent;
            _begun = _clock.GetUtcNow();
            _here = new EventHost(database, _clock);
        }

        public override IEventTransport First => _agent.Events;

        public override IEventTransport Second => _here.Events;

        public override DateTimeOffset Now => _clock.GetUtcNow();

        public override bool CanPause => !OperatingSystem.IsWindows();

        public override bool CanKill => true;

        public override bool CanRestart => true;

        private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

        public override async Task AdvanceAsync(TimeSpan time)
        {
            await RestAsync();
            var length = StepOf(time);
            for (; time > TimeSpan.Zero; time -= length)
            {
                var step = time < length ? time : length;
                await TickAgentAsync(step);
                _clock.Advance(step);
                await RestAsync();
            }
        }

        public override async Task AdvanceSecondAloneAsync(TimeSpan time)
        {
            if (!_isPaused)
            {
                await RestAsync();
                _agent.Process.Suspend();
                _isPaused = true;
            }

            _behind += time;
            var length = StepOf(time);
            for (; time > TimeSpan.Zero; time -= length)
            {
                _clock.Advance(time < length ? time : length);
                await RestAsync();
            }
        }

        public override async Task ResumeFirstAsync()
        {
            _agent.Process.Resume();
            _isPaused = false;
            await TickAgentAsync(_behind);
            _behind = TimeSpan.Zero;
            await RestAsync();
        }

        public override async Task KillFirstAsync()
        {
            await _agent.KillAsync();
            await StartAgentAsync();
            await AdvanceAsync(_noticed);
        }

        public override async Task RestartAsync()
        {
            await _agent.Process.CloseAsync(Cancelled);
            await _here.DisposeAsync();
            await StartAgentAsync();
            _here = new EventHost(_database, _clock);
        }

        // Leases are renewed between two steps; where so much time passes that none is held, steps may be long.
        private static TimeSpan StepOf(TimeSpan time) =>
            time / MostSteps > _shortestStep ? time / MostSteps : _shortestStep;

        public override async ValueTask DisposeAsync()
        {
            if (_isPaused)
            {
                _agent.Process.Resume();
            }

            await _agent.DisposeAsync();
            await _here.DisposeAsync();
        }

        private async Task StartAgentAsync()
        {
            await _agent.DisposeAsync();
            _agent = await AgentProcess.StartAsync(_database, virtualTime: true);
            await TickAgentAsync(_clock.GetUtcNow() - _begun);
        }

        private Task TickAgentAsync(TimeSpan time) =>
            time > TimeSpan.Zero ? _agent.CallAsync($"tick {(long)time.TotalMilliseconds}", Cancelled) : Task.CompletedTask;

        private async Task RestAsync()
        {
            for (var round = 0; round < 2; round++)
            {
                if (!_isPaused)
                {
                    await _agent.CallAsync("rest", Cancelled);
                }

                await EventRest.LetAsync(Second, Cancelled);
            }
        }
    }
}
