using System.Collections.Concurrent;
using System.Globalization;
using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Client;

internal sealed class AgentSubscription : IEventSubscription
{
    private readonly ConcurrentDictionary<long, CancellationTokenSource> _deliveries = new();
    private readonly AgentProcess _agent;
    private readonly string _call;
    private readonly IDeliverySink _sink;

    public AgentSubscription(AgentProcess agent, string call, SubscriptionSpec spec, IDeliverySink sink)
    {
        _agent = agent;
        _call = call;
        _sink = sink;
        Spec = spec;
        agent.Listen(call, Hear);
    }

    public SubscriptionSpec Spec { get; }

    public async ValueTask StopAsync(CancellationToken cancellationToken) => await _agent.CallAsync($"stop {_call}", cancellationToken);

    public async ValueTask<EventBacklog> GetBacklogAsync(CancellationToken cancellationToken) =>
        EventText.Read<EventBacklog>(await _agent.CallAsync($"backlog {_call}", cancellationToken));

    public async ValueTask DisposeAsync()
    {
        if (!_agent.Process.HasExited)
        {
            await _agent.CallAsync($"unsubscribe {_call}", CancellationToken.None);
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            // The process is gone, and all that it held.
            foreach (var delivery in _deliveries.Values)
            {
                delivery.CancelAsync();
            }

            return;
        }

        var parts = line.Split(' ', 2);
        switch (parts[0])
        {
            case "deliver":
                var wire = EventText.Read<WireDelivery>(parts[1]);
                _deliveries[wire.Number] = new CancellationTokenSource();
                _sink.Deliver(new Delivery(_agent, _call, wire, _deliveries[wire.Number].Token));
                break;
            case "lost":
                _deliveries[long.Parse(parts[1], CultureInfo.InvariantCulture)].CancelAsync();
                break;
            default:
                var state = parts[1].Split(' ', 2);
                _sink.StateChanged(Enum.Parse<SubscriptionState>(state[0]), state[1].Length == 0 ? null : state[1]);
                break;
        }
    }

    private sealed class Delivery(AgentProcess agent, string call, WireDelivery wire, CancellationToken lost) : EventDelivery
    {
        private int _settled;

        public override EventEnvelope Event { get; } = wire.Event.ToEnvelope();

        public override int Attempt => wire.Attempt;

        public override long? Position => wire.Position;

        public override DateTimeOffset Stored => wire.Stored;

        public override CancellationToken Lost => lost;

        public override async ValueTask<bool> SettleAsync(Settlement settlement, CancellationToken cancellationToken)
        {
            if (Interlocked.Exchange(ref _settled, 1) == 1)
            {
                throw new InvalidOperationException("This delivery was settled before.");
            }

            return bool.Parse(await agent.CallAsync(
                $"settle {call} {wire.Number} {EventText.Write(WireSettlement.Of(settlement))}", cancellationToken));
        }
    }
}
