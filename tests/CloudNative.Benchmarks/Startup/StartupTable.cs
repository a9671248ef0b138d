using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CloudNative.Benchmarks.Startup;

/// <summary>
/// From starting a process to its first answer, for a bare service, for the peer's packages wired by hand and for our two lines.
/// The ways take turns within each round, so that a slow moment of the machine falls on all of them.
/// </summary>
internal static class StartupTable
{
    private static readonly string[] Ways = ["bare", "hand", "ours"];

    /// <summary>Measures the probe: a DLL, or a program compiled ahead of time.</summary>
    public static async Task RunAsync(string probe, int rounds, TextWriter output)
    {
        using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1) });
        var times = Ways.ToDictionary(way => way, _ => new List<double>());
        foreach (var way in Ways)
        {
            // Once without counting: files come into the page cache.
            await MeasureAsync(client, probe, way);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var way in Ways)
            {
                times[way].Add(await MeasureAsync(client, probe, way));
            }
        }

        await output.WriteLineAsync($"| {Path.GetFileName(probe)}, {rounds} rounds | median ms | 90th percentile ms | over bare |");
        await output.WriteLineAsync("|---|---:|---:|---:|");
        var bare = At(times["bare"], 0.5);
        foreach (var way in Ways)
        {
            var (median, high) = (At(times[way], 0.5), At(times[way], 0.9));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"| {way} | {median:F0} | {high:F0} | {median - bare:+0;-0;0} ms, {median / bare:F2}× |"));
        }
    }

    private static async Task<double> MeasureAsync(HttpClient client, string probe, string way)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var isAssembly = probe.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isAssembly ? "dotnet" : probe, isAssembly ? ["exec", probe, way] : [way])
        {
            // A data directory of its own would add nothing: the embedded store opens after the first answer.
            Environment = { ["ASPNETCORE_URLS"] = address.AbsoluteUri, ["ASPNETCORE_ENVIRONMENT"] = "Development" },
        };
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                try
                {
                    using var response = await client.GetAsync(address);
                    if (response.StatusCode == HttpStatusCode.OK)
                    {
                        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                    }
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(2);
                }
            }

            throw new TimeoutException($"'{way}' did not answer within 30 s.");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static double At(List<double> values, double share) => values.Order().ElementAt((int)(values.Count * share));
}
