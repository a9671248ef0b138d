using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using CloudNative.Discovery;
using CloudNative.Eventing;
using CloudNative.Leases;

namespace CloudNative.Testing.Agent.Client;

/// <summary>
/// An agent that runs as a process of its own, and its registry, source and leases as if they were here.
/// </summary>
public sealed class AgentProcess : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _calls = new();
    private readonly ConcurrentDictionary<string, Channel<string>> _streams = new();
    private readonly ConcurrentDictionary<string, Action<string?>> _listeners = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _reading;
    private int _lastCall;

    private AgentProcess(ChildProcess process)
    {
        Process = process;
        _reading = ReadAsync();
        Registry = new AgentRegistry(this);
        Source = new AgentSource(this);
        Leases = new AgentLeases(this);
        Events = new AgentEvents(this);
    }

    public ChildProcess Process { get; }

    public IServiceRegistry Registry { get; }

    public IEndpointSource Source { get; }

    public ILeaseProvider Leases { get; }

    public IEventTransport Events { get; }

    /// <param name="dataDirectory">The store's directory, or the connection string of the database that events are in.</param>
    /// <param name="virtualTime">Whether its clock stands still until it is told to advance.</param>
    /// <param name="settings">Of the embedded provider, as <c>Events:Durability=Normal</c>.</param>
    public static async Task<AgentProcess> StartAsync(string dataDirectory, bool virtualTime = false, params string[] settings)
    {
        string[] arguments = [dataDirectory, .. virtualTime ? ["--virtual-time"] : Array.Empty<string>(), .. settings];
        var options = ChildProcessOptions.ForAssembly(AgentProgram.Path, arguments);
        var process = ChildProcess.Start(options);
        try
        {
            await process.WaitForLineAsync(line => line == "ready");
            return new AgentProcess(process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task AdvanceAsync(TimeSpan time, CancellationToken cancellationToken) =>
        CallAsync($"advance {(long)time.TotalMilliseconds}", cancellationToken);

    /// <summary>Sends a command and waits for its answer.</summary>
    public async Task<string> CallAsync(string command, CancellationToken cancellationToken) =>
        await (await SendAsync(NextCall(), command, cancellationToken)).WaitAsync(cancellationToken);

    /// <summary>Sends a command; the answer follows.</summary>
    public async Task<Task<string>> SendAsync(string call, string command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[call] = answer;
        await _sending.WaitAsync(cancellationToken); // A pipe takes one line at a time.
        try
        {
            await Process.WriteLineAsync($"{call} {command}", cancellationToken);
        }
        finally
        {
            _sending.Release();
        }

        return answer.Task;
    }

    public string NextCall() => Interlocked.Increment(ref _lastCall).ToString(CultureInfo.InvariantCulture);

    /// <summary>The lines that follow a call's answer.</summary>
    public ChannelReader<string> Stream(string call) => StreamOf(call).Reader;

    /// <summary>Names who is told of the lines that follow a call's answer, in order; null when the agent has ended.</summary>
    public void Listen(string call, Action<string?> listener) => _listeners[call] = listener;

    public Task KillAsync() => Process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _stopping.CancelAsync();
        await _reading;
        _stopping.Dispose();
        _sending.Dispose();
    }

    private Channel<string> StreamOf(string call) => _streams.GetOrAdd(call, _ => Channel.CreateUnbounded<string>());

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                if (!AgentLine.TryRead(await Process.ReadLineAsync(_stopping.Token), out var line))
                {
                    continue;
                }

                var parts = line.Split(' ', 2);
                if (line[0] == '!' && _listeners.TryGetValue(parts[0][1..], out var listener))
                {
                    listener(parts[1]);
                }
                else if (line[0] == '!')
                {
                    StreamOf(parts[0][1..]).Writer.TryWrite(parts[1]);
                }
                else if (_calls.TryRemove(parts[0][1..], out var call))
                {
                    Complete(call, parts[1]);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or OperationCanceledException)
        {
            End(exception);
        }
    }

    private void End(Exception exception)
    {
        foreach (var call in _calls.Values)
        {
            call.TrySetException(new InvalidOperationException($"The agent has ended. It wrote:\n{Process.Output}", exception));
        }

        foreach (var listener in _listeners.Values)
        {
            listener(null);
        }

        foreach (var stream in _streams.Values)
        {
            stream.Writer.TryComplete();
        }
    }

    private static void Complete(TaskCompletionSource<string> call, string answer)
    {
        var parts = answer.Split(' ', 3);
        if (parts[0] == "ok")
        {
            call.TrySetResult(answer.Length > 3 ? answer[3..] : string.Empty);
            return;
        }

        call.TrySetException(parts[1] switch
        {
            nameof(ArgumentException) => new ArgumentException(parts[2]),
            nameof(ArgumentOutOfRangeException) => new ArgumentOutOfRangeException(parts[2]),
            nameof(ServiceRegistryException) => new ServiceRegistryException(parts[2]),
            nameof(LeaseException) => new LeaseException(parts[2]),
            nameof(EventTransportException) => new EventTransportException(parts[2]),
            nameof(EventRejectedException) => new EventRejectedException(parts[2]),
            nameof(KeyNotFoundException) => new KeyNotFoundException(parts[2]),
            _ => new InvalidOperationException(answer),
        });
    }
}
