using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Threading.Channels;

namespace CloudNative.Local.Control;

/// <summary>One client: a line of JSON in, a line of JSON out, in order, until it closes.</summary>
internal sealed class ControlConnection(Stream stream, ILocalApp app)
{
    // A request is two short names and a number.
    private const int LongestLine = 4096;

    private readonly PipeReader _reader = PipeReader.Create(stream);
    private readonly ControlCommands _commands = new(app);

    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var request = Parse(rest.Slice(0, end));
                rest = rest.Slice(rest.GetPosition(1, end));
                if (request is { Command: ControlCommands.Watch })
                {
                    _reader.AdvanceTo(rest.Start, rest.End);
                    await WatchAsync(cancellationToken).ConfigureAwait(false);
                    return;
                }

                await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
            }

            if (rest.Length > LongestLine)
            {
                await WriteAsync(new ControlAnswer(false, $"A line has at most {LongestLine} bytes."), cancellationToken)
                    .ConfigureAwait(false);
                return;
            }

            _reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private static ControlRequest? Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize(ref json, ControlJson.Default.ControlRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(ControlRequest? request, CancellationToken cancellationToken)
    {
        var answer = request is null
            ? new ControlAnswer(false, """A line is a JSON object such as {"command":"kill","service":"catalog","replica":1}.""")
            : await _commands.RunAsync(request, cancellationToken).ConfigureAwait(false);
        await WriteAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    // The state now and after each change; changes that come while a line is written are one.
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        changes.Writer.TryWrite(true);
        app.ReplicaChanged += OnChanged;
        var closing = CompleteOnCloseAsync(changes.Writer, cancellationToken);
        try
        {
            await foreach (var _ in changes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await WriteAsync(ControlState.Of(app), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            app.ReplicaChanged -= OnChanged;
            await closing.ConfigureAwait(false);
        }

        void OnChanged(object? sender, LocalReplicaEventArgs e) => changes.Writer.TryWrite(true);
    }

    // Whatever a watching client sends means nothing; that it closes ends the watch.
    private async Task CompleteOnCloseAsync(ChannelWriter<bool> changes, CancellationToken cancellationToken)
    {
        try
        {
            while (await _reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { IsCompleted: false } read)
            {
                _reader.AdvanceTo(read.Buffer.End);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Closed one way or the other.
        }

        changes.TryComplete();
    }

    private async Task WriteAsync(ControlAnswer answer, CancellationToken cancellationToken)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(answer, ControlJson.Default.ControlAnswer), (byte)'\n'];
        await stream.WriteAsync(line, cancellationToken).ConfigureAwait(false);
    }
}
