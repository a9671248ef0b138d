using CloudNative.Eventing;
using CloudNative.RabbitMq.Tests.Support;
using CloudNative.RabbitMq.Transport;
using CloudNative.Testing.Conformance;

namespace CloudNative.RabbitMq.Tests.Conformance;

/// <summary>Two transports at a real broker, each with a way there that can be cut.</summary>
public sealed class RabbitMqEventTests(RabbitMqServer server) : EventTransportConformance
{
    protected override async ValueTask<EventTransportSubject> CreateAsync() => new Broker(server, await server.CreateVhostAsync());

    private sealed class Broker : EventTransportSubject
    {
        // In which a broker on a busy machine delivers what is there.
        private static readonly TimeSpan _quiet = TimeSpan.FromMilliseconds(150);

        private readonly RabbitMqServer _server;
        private readonly string _vhost;
        private readonly ScaledTime _time = new();
        private readonly List<IAsyncDisposable> _ended = [];
        private Side _first;
        private Side _second;

        public Broker(RabbitMqServer server, string vhost)
        {
            (_server, _vhost) = (server, vhost);
            (_first, _second) = (NewSide(), NewSide());
        }

        public override IEventTransport First => _first.Scaled;

        public override IEventTransport Second => _second.Scaled;

        public override DateTimeOffset Now => _time.Now;

        public override TimeSpan Precision => TimeSpan.FromMinutes(2);

        public override bool CountsWholeBacklog => false;

        public override bool CountsHandedBack => true;

        public override bool CanKill => true;

        public override bool CanRestart => true;

        public override bool CanBreak => true;

        public override Task AdvanceAsync(TimeSpan time)
        {
            var real = _time.ToReal(time);
            return Task.Delay(real > _quiet ? real : _quiet, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        public override async Task KillFirstAsync()
        {
            _first.Gate.Cut();
            _ended.Add(_first);
            _first = NewSide();
            await AdvanceAsync(TimeSpan.Zero);
        }

        public override async Task RestartAsync()
        {
            await _first.DisposeAsync();
            await _second.DisposeAsync();
            (_first, _second) = (NewSide(), NewSide());
        }

        public override Task BreakAsync()
        {
            _first.Gate.Cut();
            _second.Gate.Cut();
            return Task.CompletedTask;
        }

        public override Task MendAsync()
        {
            _first.Gate.Mend();
            _second.Gate.Mend();
            return Task.CompletedTask;
        }

        public override async ValueTask DisposeAsync()
        {
            foreach (var side in _ended.Append(_first).Append(_second))
            {
                await side.DisposeAsync();
            }
        }

        private Side NewSide()
        {
            var gate = new TcpGate(_server.Port);
            var transport = Transports.Create(_server.Address(_vhost, port: gate.Port));
            return new Side(gate, transport, new ScaledTransport(transport, _time));
        }
    }

    private sealed record Side(TcpGate Gate, RabbitMqEventTransport Transport, IEventTransport Scaled) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Transport.DisposeAsync();
            await Gate.DisposeAsync();
        }
    }
}
