using System.Diagnostics.Metrics;
using CloudNative.Embedded.Tests.Support;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Embedded.Tests.Telemetry;

public sealed class EmbeddedMetricsTests
{
    [Fact]
    public async Task Meter_WhileAHostWorks_TellsOperationsAndPeers()
    {
        using var directory = new TemporaryDirectory();
        using var factory = new MeterFactory();
        var operations = new HashSet<string>();
        var peers = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == factory)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, measurement, _, _) => Interlocked.Add(ref peers, measurement));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            lock (operations)
            {
                operations.Add($"{tags[0].Value} {tags[1].Value}");
            }
        });
        listener.Start();

        await using (var other = new EmbeddedHost(directory.Path))
        {
            await other.Registry.RegisterAsync(Instances.Of("catalog", "b"), TestContext.Current.CancellationToken);
            await using var host = new EmbeddedHost(
                directory.Path, configure: services => services.AddSingleton<IMeterFactory>(factory));
            await host.Registry.RegisterAsync(Instances.Of("catalog", "a"), TestContext.Current.CancellationToken);
            Assert.Equal(1, Volatile.Read(ref peers));
            Assert.Contains("register ok", operations);
            Assert.Contains("member.join ok", operations);
        }

        Assert.Equal(0, Volatile.Read(ref peers));
        Assert.Equal(EmbeddedTelemetryNames.Meter, Assert.Single(factory.Names));
    }

    private sealed class MeterFactory : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public IEnumerable<string> Names => _meters.Select(meter => meter.Name);

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}
