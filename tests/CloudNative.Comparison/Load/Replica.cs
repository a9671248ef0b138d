using System.Globalization;
using System.Net;
using CloudNative.Comparison.Peers;
using CloudNative.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Comparison.Load;

/// <summary>
/// A service in a process of its own that can be asked to end, or killed, and started again: with our two lines, or at fixed ports. It
/// speaks HTTP and gRPC, each at a port.
/// </summary>
internal sealed class Replica : IAsyncDisposable
{
    public const string Argument = "--replica";
    private const string Ready = "ready";
    private const char Separator = ',';
    private const char GrpcMark = 'g';

    private readonly string _stack;
    private readonly string _place;
    private ChildProcess _process = null!;

    private Replica(string stack, string place) => (_stack, _place) = (stack, place);

    /// <summary>Its lines, for who wants to know what <see cref="ReplicaWork"/> tells.</summary>
    public ChildProcess Process => _process;

    /// <summary>Where it listens, once it runs.</summary>
    public IReadOnlyCollection<int> Ports { get; private set; } = [];

    /// <summary>One that registers itself in the embedded registry.</summary>
    public static Replica Here(string dataDirectory) => new(Stacks.HereName, dataDirectory);

    /// <summary>One that listens at these ports.</summary>
    public static Replica At(IEnumerable<(Face Face, int Port)> ports) => new(
        Stacks.PlainName,
        string.Join(Separator, ports.Select(port => string.Create(
            CultureInfo.InvariantCulture, $"{(port.Face == Face.Grpc ? GrpcMark : 'h')}{port.Port}"))));

    /// <summary>The part of the child process.</summary>
    public static async Task BeAsync(string stack, string place)
    {
        var app = stack == Stacks.HereName ? BuildHere(place) : BuildAt(place);
        var work = new ReplicaWork(Console.WriteLine);
        app.Map("/{**path}", work.AnswerAsync);
        await app.StartAsync();
        Console.WriteLine($"{Ready} {string.Join(Separator, app.Urls.Select(url => new Uri(url).Port))}");
        await Console.In.ReadLineAsync();
        var asked = TimeProvider.System.GetTimestamp();
        await app.StopAsync();
        work.Leave(asked);
        await app.DisposeAsync();
    }

    public async Task StartAsync()
    {
        _process = ChildProcess.Start(ChildProcessOptions.ForAssembly(typeof(Replica).Assembly.Location, Argument, _stack, _place));
        var ready = await _process.WaitForLineAsync(line => line.StartsWith(Ready, StringComparison.Ordinal));
        Ports = [.. ready[Ready.Length..].Split(Separator).Select(port => int.Parse(port, CultureInfo.InvariantCulture))];
    }

    public async Task RestartAsync()
    {
        await _process.CloseAsync();
        await _process.DisposeAsync();
        await StartAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static WebApplication BuildHere(string dataDirectory)
    {
        var builder = WebApplication.CreateBuilder(
        [
            "--environment=Development",
            "--Kestrel:Endpoints:http:Url=http://127.0.0.1:0",
            "--Kestrel:Endpoints:grpc:Url=http://127.0.0.1:0",
            "--Kestrel:Endpoints:grpc:Protocols=Http2",
            "--CloudNative:Service:Name=catalog",
            $"--CloudNative:Embedded:DataDirectory={dataDirectory}",
        ]);
        builder.Logging.ClearProviders();
        builder.AddCloudNative();
        var app = builder.Build();
        app.MapCloudNative();
        return app;
    }

    private static WebApplication BuildAt(string ports)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var port in ports.Split(Separator))
            {
                kestrel.Listen(IPAddress.Loopback, int.Parse(port.AsSpan(1), CultureInfo.InvariantCulture), listen =>
                    listen.Protocols = port[0] == GrpcMark ? HttpProtocols.Http2 : HttpProtocols.Http1);
            }
        });
        return builder.Build();
    }
}
