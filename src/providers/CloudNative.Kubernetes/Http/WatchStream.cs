using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace CloudNative.Kubernetes.Http;

/// <summary>An open watch. Read by one at a time.</summary>
internal sealed class WatchStream<T> : IAsyncDisposable
    where T : KubernetesObject
{
    // Objects are at most 1.5 MiB by the server's own limit; an event has one.
    private const int LongestLine = 16 * 1024 * 1024;

    private readonly KubernetesKind<T> _kind;
    private readonly KubernetesCall _call;
    private readonly KubernetesConnection _connection;
    private readonly HttpResponseMessage _response;
    private readonly PipeReader _reader;
    private readonly TimeSpan _silence;
    private readonly CancellationTokenSource _silent;

    private WatchStream(
        KubernetesKind<T> kind,
        KubernetesCall call,
        KubernetesConnection connection,
        HttpResponseMessage response,
        Stream stream,
        TimeSpan silence)
    {
        (_kind, _call, _connection, _response, _silence) = (kind, call, connection, response, silence);
        _reader = PipeReader.Create(stream);
        _silent = new CancellationTokenSource(silence, connection.Time);
    }

    public static async Task<WatchStream<T>> OpenAsync(
        KubernetesKind<T> kind,
        KubernetesCall call,
        KubernetesConnection connection,
        TimeSpan silence,
        CancellationToken cancellationToken)
    {
        var response = await connection.OpenAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new WatchStream<T>(kind, call, connection, response, stream, silence);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the next event.</summary>
    /// <returns>The event; null when the server has ended the watch, as it does now and then, or fell silent.</returns>
    /// <exception cref="KubernetesException">The watch has failed.</exception>
    public async ValueTask<KubernetesEvent<T>?> ReadAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_silent.Token, cancellationToken);
        try
        {
            while (true)
            {
                var result = await _reader.ReadAsync(either.Token).ConfigureAwait(false);
                var buffer = result.Buffer;
                if (buffer.PositionOf((byte)'\n') is { } end)
                {
                    var found = EventReader.Read(buffer.Slice(0, end), _kind.TypeInfo, _call);
                    _reader.AdvanceTo(buffer.GetPosition(1, end));
                    _silent.CancelAfter(_silence);
                    if (found is not null)
                    {
                        return found;
                    }

                    continue;
                }

                if (buffer.Length > LongestLine)
                {
                    throw new JsonException($"An event is longer than {LongestLine} bytes.");
                }

                if (result.IsCompleted)
                {
                    return null; // Half a line says nothing; it comes again in whole when the watch is opened anew.
                }

                _reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (JsonException exception)
        {
            throw KubernetesErrors.OfNonsense(_call, exception);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException or ObjectDisposedException && !_connection.IsClosed)
        {
            throw _connection.Broken(_call, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The response first: it ends what the reader may still wait for.
        _response.Dispose();
        await _reader.CompleteAsync().ConfigureAwait(false);
        _silent.Dispose();
    }
}
