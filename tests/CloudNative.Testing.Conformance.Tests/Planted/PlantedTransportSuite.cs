using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>The suite against a transport with a bug.</summary>
internal abstract class PlantedTransportSuite(TransportBug bug, TransportCapabilities? claimed) : EventTransportConformance
{
    protected override TimeSpan Patience => TimeSpan.FromSeconds(2);

    protected override ValueTask<EventTransportSubject> CreateAsync() => new(new Processes(bug, claimed));

    /// <param name="bug">The bug.</param>
    /// <param name="claimed">What a transport claims that implements nothing of it; nothing for one that does.</param>
    public static PlantedTransportSuite With(TransportBug bug, TransportCapabilities? claimed = null) => new Suite(bug, claimed);

    private sealed class Suite(TransportBug bug, TransportCapabilities? claimed) : PlantedTransportSuite(bug, claimed);

    private sealed class Processes(TransportBug bug, TransportCapabilities? claimed) : EventTransportSubject
    {
        private readonly ModelStore _store = new(bug);
        private ModelTransport? _first;
        private ModelTransport? _second;

        public override IEventTransport First => Dress(_first ??= new ModelTransport(_store));

        public override IEventTransport Second => Dress(_second ??= new ModelTransport(_store));

        public override DateTimeOffset Now => _store.Now;

        public override bool CanPause => true;

        public override bool CanKill => true;

        public override bool CanRestart => true;

        public override bool CanBreak => true;

        public override Task AdvanceAsync(TimeSpan time) => Done(() => _store.Advance(time));

        public override Task AdvanceSecondAloneAsync(TimeSpan time) => Done(() =>
        {
            _first!.Paused = true;
            _store.Advance(time);
        });

        public override Task ResumeFirstAsync() => Done(() =>
        {
            _first!.Paused = false;
            _store.Advance(TimeSpan.Zero);
        });

        public override Task KillFirstAsync() => Done(() =>
        {
            _store.Kill(_first!);
            _first = null;
        });

        public override Task RestartAsync() => Done(() =>
        {
            _store.Restart();
            (_first, _second) = (null, null);
        });

        public override Task BreakAsync() => Done(() => _store.Break(true));

        public override Task MendAsync() => Done(() => _store.Break(false));

        public override ValueTask DisposeAsync() => default;

        private static Task Done(Action action)
        {
            action();
            return Task.CompletedTask;
        }

        private IEventTransport Dress(ModelTransport transport) =>
            claimed is { } capabilities ? new BareTransport(transport, capabilities) : transport;
    }
}
