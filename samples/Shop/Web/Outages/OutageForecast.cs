using CloudNative.Discovery;

namespace Shop.Web.Outages;

/// <summary>Tells from the endpoint table why a service gives no answer and how long that will take.</summary>
internal sealed class OutageForecast(EndpointTable table, TimeProvider time)
{
    // The local engine starts a process that died after a second or two, and it needs about as long to get ready.
    private const int RestartSeconds = 5;

    public Forecast For(string service)
    {
        var endpoints = table.Get(service).Snapshot.Endpoints;
        if (endpoints.IsEmpty)
        {
            return new Forecast(
                service,
                $"No instance of {service} is running at the moment. One that crashed is started again within about "
                + $"{RestartSeconds} seconds; one that was stopped stays away until somebody starts it.",
                RestartSeconds);
        }

        var now = time.GetTimestamp();
        var waits = endpoints.Select(state => state.EjectedUntil > now ? time.GetElapsedTime(now, state.EjectedUntil) : TimeSpan.Zero);
        var wait = waits.Min();
        return wait > TimeSpan.Zero
            ? new Forecast(
                service,
                $"All instances of {service} failed lately and are given a rest; the first is asked again in "
                + $"{Math.Ceiling(wait.TotalSeconds)} seconds.",
                (int)Math.Ceiling(wait.TotalSeconds))
            : new Forecast(
                service, $"The instances of {service} did not answer in time. They are asked again with the next request.", RestartSeconds);
    }
}
