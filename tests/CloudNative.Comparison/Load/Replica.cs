using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CloudNative.Comparison.Peers;
using CloudNative.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Comparison.Load;

/// <summary>A service in a process of its own that can be asked to end and started again, with our two lines or at a fixed port.</summary>
internal sealed class Replica : IAsyncDisposable
{
    public const string Argument = "--replica";
    private const string Ready = "ready";

    private readonly string _stack;
    private readonly string _place;
    private ChildProcess _process = null!;

    private Replica(string stack, string place) => (_stack, _place) = (stack, place);

    public string Address => $"http://127.0.0.1:{_place}";

    /// <summary>One that registers itself in the embedded registry.</summary>
    public static Replica Here(string dataDirectory) => new(Stacks.HereName, dataDirectory);

    /// <summary>One that listens where configuration says.</summary>
    public static Replica AtPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new(Stacks.PlainName, ((IPEndPoint)socket.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The part of the child process.</summary>
    public static async Task BeAsync(string stack, string place)
    {
        var isHere = stack == Stacks.HereName;
        var builder = WebApplication.CreateBuilder(
        [
            "--environment=Development",
            $"--urls=http://127.0.0.1:{(isHere ? "0" : place)}",
            "--CloudNative:Service:Name=catalog",
            $"--CloudNative:Embedded:DataDirectory={place}",
        ]);
        builder.Logging.ClearProviders();
        if (isHere)
        {
            builder.AddCloudNative();
        }

        var app = builder.Build();
        app.MapMethods("/", ["GET", "POST"], async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            return "ok";
        });
        if (isHere)
        {
            app.MapCloudNative();
        }

        await app.StartAsync();
        Console.WriteLine(Ready);
        await Console.In.ReadLineAsync();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    public async Task StartAsync()
    {
        _process = ChildProcess.Start(ChildProcessOptions.ForAssembly(typeof(Replica).Assembly.Location, Argument, _stack, _place));
        await _process.WaitForLineAsync(line => line == Ready);
    }

    public async Task RestartAsync()
    {
        await _process.CloseAsync();
        await _process.DisposeAsync();
        await StartAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
