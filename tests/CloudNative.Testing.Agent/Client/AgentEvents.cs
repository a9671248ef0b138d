using System.Globalization;
using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Client;

/// <summary>The transport of an agent, as if it were here.</summary>
internal sealed class AgentEvents(AgentProcess agent) : IEventTransport, IReplayable, IDeadLetterStore
{
    public TransportCapabilities Capabilities => (TransportCapabilities)255;

    public int MaxEventSize => 1024 * 1024;

    public async ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken) => await agent.CallAsync(
        $"append {EventText.Write(batch.Select(item => WireEvent.Of(item.Topic, item.Event, item.Delay)))}", cancellationToken);

    public async ValueTask<IEventSubscription> SubscribeAsync(
        SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken)
    {
        var call = agent.NextCall();
        var subscription = new AgentSubscription(agent, call, spec, sink);
        await (await agent.SendAsync(call, $"subscribe {EventText.Write(spec)}", cancellationToken));
        return subscription;
    }

    public async ValueTask<long> SeekAsync(string topic, string group, ReplayPoint point, CancellationToken cancellationToken) =>
        Number(await agent.CallAsync(
            $"seek {EventText.Write(new WireSeek(topic, group, point.Position, point.Time))}", cancellationToken));

    public async ValueTask<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken) =>
        [.. EventText.Read<WireLetter[]>(await agent.CallAsync($"letters {EventText.Write(query)}", cancellationToken))
            .Select(letter => letter.ToLetter())];

    public async ValueTask<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken) =>
        EventText.Read<WireLetter?>(await agent.CallAsync($"letter {id}", cancellationToken))?.ToLetter();

    public async ValueTask<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        (int)Number(await agent.CallAsync($"replay {EventText.Write(ids)}", cancellationToken));

    public async ValueTask<bool> EditAsync(
        long id, ReadOnlyMemory<byte> data, string by, CancellationToken cancellationToken) => bool.Parse(
        await agent.CallAsync($"edit {id} {EventText.Write(new WireEdit(data.ToArray(), by, default))}", cancellationToken));

    public async ValueTask<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        (int)Number(await agent.CallAsync($"discard {EventText.Write(ids)}", cancellationToken));

    private static long Number(string answer) => long.Parse(answer, CultureInfo.InvariantCulture);
}
