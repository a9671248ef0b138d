using CloudNative.Local.Supervision;

namespace CloudNative.Local.Output;

/// <summary>
/// Takes what a replica writes: all of it into a file, the last lines into memory for reports, and what matters to the
/// console. Lives over restarts of the replica. Safe to call from any thread.
/// </summary>
internal sealed class ReplicaLog : IDisposable
{
    private const int TailLength = 20;

    private readonly ReplicaName _name;
    private readonly AppConsole _console;
    private readonly bool _showAll;
    private readonly Lock _gate = new();
    private readonly Queue<string> _tail = new(TailLength);
    private StreamWriter? _writer;
    private bool _isRequestNoise;
    private LevelReader _output = new(OutputLevel.Information);
    private LevelReader _errors = new(OutputLevel.Error);

    public ReplicaLog(ReplicaName name, string file, AppConsole console, bool showAll)
    {
        _name = name;
        _console = console;
        _showAll = showAll;
        File = file;
        var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        _writer = new StreamWriter(stream) { AutoFlush = true };
    }

    public string File { get; }

    /// <summary>Whether the present process said that its address is taken.</summary>
    public bool SawAddressInUse { get; private set; }

    /// <summary>A new process begins to write.</summary>
    public void Begin(string heading)
    {
        lock (_gate)
        {
            SawAddressInUse = false;
            _isRequestNoise = false;
            _tail.Clear();
            _output = new LevelReader(OutputLevel.Information);
            _errors = new LevelReader(OutputLevel.Error);
            WriteToFile($"--- {heading}");
        }
    }

    public void Add(string line, bool isError)
    {
        lock (_gate)
        {
            WriteToFile(line);
            SawAddressInUse |= IsAddressInUse(line);
            var level = (isError ? _errors : _output).Read(line);
            AddToTail(line, level);
            if (_showAll || level >= OutputLevel.Warning)
            {
                _console.WriteLog(_name, line, level);
            }
        }
    }

    /// <summary>The last lines, each with the replica's name before it.</summary>
    public string DescribeTail()
    {
        lock (_gate)
        {
            return _tail.Count == 0
                ? $"  {_name.Display} wrote nothing."
                : string.Join(Environment.NewLine, _tail.Select(line => $"  {_name.Display} | {line}"));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }

    // What the framework says of each request would push out what the service says, since our own questions are
    // requests.
    private void AddToTail(string line, OutputLevel level)
    {
        if (line.Length > 0 && !char.IsWhiteSpace(line[0]))
        {
            _isRequestNoise = level == OutputLevel.Information
                && line.Contains("Microsoft.AspNetCore.", StringComparison.Ordinal);
        }

        if (_isRequestNoise)
        {
            return;
        }

        if (_tail.Count == TailLength)
        {
            _tail.Dequeue();
        }

        _tail.Enqueue(line);
    }

    private void WriteToFile(string line)
    {
        try
        {
            _writer?.WriteLine(line);
        }
        catch (IOException e)
        {
            // A full disk must not stop the app; it is said once, and the console goes on.
            _writer = null;
            _console.WriteChange(_name, $"its log file is no longer written: {e.Message}");
        }
    }

    // The words of Kestrel and of the systems' own messages.
    private static bool IsAddressInUse(string line) =>
        line.Contains("address already in use", StringComparison.OrdinalIgnoreCase)
        || line.Contains("AddressInUseException", StringComparison.Ordinal)
        || line.Contains("Only one usage of each socket address", StringComparison.OrdinalIgnoreCase);
}
