using System.Diagnostics;
using System.Threading.Channels;
using CloudNative.Testing.Processes;

namespace CloudNative.Testing;

/// <summary>
/// A process that a test starts, talks to by lines, kills and pauses. Disposing it kills it and the processes it
/// started, never any other. The child should end when its standard input ends, so that it does not outlive a test
/// run that was killed itself. Thread-safe, except that one caller at a time waits for lines.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ChildProcessOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly ProcessTranscript _transcript = new();
    private readonly Task _reading;
    private bool _suspended;

    private ChildProcess(Process process, ChildProcessOptions options, TimeProvider timeProvider)
    {
        _process = process;
        _options = options;
        _timeProvider = timeProvider;
        _reading = Task.WhenAll(ReadOutputAsync(), ReadErrorsAsync());
    }

    /// <summary>The system's id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The last 200 lines it wrote, standard error included; for the message of a failed test.</summary>
    public string Output => _transcript.ToString();

    /// <summary>Starts a process.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="timeProvider">
    /// Counts <see cref="ChildProcessOptions.Timeout"/>; the system's clock when left out.
    /// </param>
    /// <returns>The process; it runs.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static ChildProcess Start(ChildProcessOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var start = new ProcessStartInfo(options.FileName, options.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = options.WorkingDirectory ?? string.Empty,
        };
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!, options, timeProvider ?? TimeProvider.System);
    }

    /// <summary>Writes a line to its standard input.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when the line was handed over.</returns>
    /// <exception cref="IOException">The process has ended.</exception>
    public async Task WriteLineAsync(string line, CancellationToken cancellationToken = default)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the next line of its standard output, however long that takes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The line.</returns>
    /// <exception cref="InvalidOperationException">
    /// The process has ended and all lines were taken. The message holds what it wrote.
    /// </exception>
    public async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _lines.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new InvalidOperationException($"The process ended before it wrote the line.{Environment.NewLine}{Output}");
        }
    }

    /// <summary>Waits for a line of its standard output, and consumes the lines up to it.</summary>
    /// <param name="accept">Whether this is the line.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The line.</returns>
    /// <exception cref="TimeoutException">It did not come within <see cref="ChildProcessOptions.Timeout"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// The process ended without it. The message holds what it wrote.
    /// </exception>
    public async Task<string> WaitForLineAsync(Predicate<string> accept, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accept);
        using var timeout = new CancellationTokenSource(_options.Timeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (true)
            {
                var line = await ReadLineAsync(either.Token).ConfigureAwait(false);
                if (accept(line))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The line did not come within {_options.Timeout}.{Environment.NewLine}{Output}");
        }
    }

    /// <summary>Ends it on the spot, as <c>kill -9</c> does: nothing in it gets to tidy up.</summary>
    /// <returns>A task that completes when it is gone.</returns>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Stops it from running, as <c>kill -STOP</c> does, until <see cref="Resume"/>. Its files and sockets stay
    /// open.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">On Windows.</exception>
    public void Suspend()
    {
        UnixSignals.Suspend(_process);
        _suspended = true;
    }

    /// <summary>Lets it run on.</summary>
    /// <exception cref="PlatformNotSupportedException">On Windows.</exception>
    public void Resume()
    {
        UnixSignals.Resume(_process);
        _suspended = false;
    }

    /// <summary>Ends its standard input, which asks it to end, and waits until it has.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> CloseAsync(CancellationToken cancellationToken = default)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <summary>Waits until it has ended.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            if (_suspended)
            {
                Resume();
            }

            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }

        await _reading.ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            _transcript.Add(line);
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            _transcript.Add(line);
        }
    }
}
