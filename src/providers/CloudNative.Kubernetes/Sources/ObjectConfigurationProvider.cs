using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CloudNative.Kubernetes.Configuration;
using CloudNative.Kubernetes.Rights;

namespace CloudNative.Kubernetes.Sources;

/// <summary>Holds what is in one object, and follows it.</summary>
[SuppressMessage("Usage", "CA2213", Justification = "The source has no timer; its token is still read.")]
internal sealed class ObjectConfigurationProvider<T>(
    KubernetesObjectConfigurationSource source,
    KubernetesKind<T> kind,
    Func<T, IEnumerable<KeyValuePair<string, byte[]>>> entriesOf,
    KubernetesOptions options,
    TimeProvider time)
    : SettingsProvider($"{kind.Kind} {source.Namespace ?? options.Namespace}/{source.Name}")
    where T : KubernetesObject
{
    private readonly CancellationTokenSource _stop = new();
    private readonly string _place = source.Namespace ?? options.Namespace ?? "default";
    private KubernetesApi? _api;
    private KubernetesInformers? _informers;
    private Task? _following;
    private bool _isLoaded;
    private volatile bool _wasThere;

    public override KubernetesRight Right => new(
        $"reads {kind.Kind} {source.Name}",
        _place,
        kind.Group,
        kind.Plural,
        source.ReloadOnChange ? ["list", "watch"] : ["list"])
    {
        Name = source.Name,
    };

    private string Optionally => $"AddKubernetes{kind.Kind}(\"{source.Name}\", optional: true)";

    // Configuration is read synchronously; the waiting is done by other threads, whatever context this one has.
    public override void Load()
    {
        // What is followed is known; an answer to a question could be older. Who asks which rights are needed need not
        // have them yet.
        if (_following is null && options.RbacFile is null)
        {
            Task.Run(LoadAsync).GetAwaiter().GetResult();
        }
    }

    public override void Dispose()
    {
        _stop.Cancel();
        _informers?.Dispose();
        _api?.Dispose();
    }

    /// <summary>Reads what is there, and follows it from then on.</summary>
    private async Task LoadAsync()
    {
        try
        {
            _api ??= new KubernetesApi(options, time);
            var reader = new ObjectReader<T>(source, kind, _place, options, time);
            var found = await reader.FindAsync(_api, isOnce: source.Optional || _isLoaded, _stop.Token)
                .ConfigureAwait(false);
            if (found is not null)
            {
                Take(Read(found));
            }
            else if (_wasThere || !source.Optional)
            {
                throw Missing();
            }
        }
        catch (KubernetesConfigurationException) when (!_isLoaded)
        {
            Dispose(); // Also when it is optional: whoever can do without an object cannot do with half of it.
            throw;
        }
        catch (Exception exception) when (
            exception is KubernetesException or KubernetesConfigurationException
                or CryptographicException or IOException or UnauthorizedAccessException)
        {
            if (!_isLoaded && !source.Optional)
            {
                Dispose();
                throw new KubernetesConfigurationException(
                    $"{exception.Message}\nThe {kind.Kind} {source.Name} is needed to start; "
                    + $"it is not with {Optionally}",
                    exception);
            }

            Failed(exception.Message);
        }

        _isLoaded = true;
        if (source.ReloadOnChange && _api is not null)
        {
            _informers = new KubernetesInformers(_api);
            using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
            _following = Task.Run(() => FollowAsync(_informers));
        }
    }

    private async Task FollowAsync(KubernetesInformers informers)
    {
        try
        {
            using var informer = informers.Join(kind, KubernetesSelection.OfName(_place, source.Name));
            await foreach (var update in informer.ReadUpdatesAsync(_stop.Token).ConfigureAwait(false))
            {
                if (update.Status.Failure is { } failure)
                {
                    Failed(failure.Message);
                }
                else
                {
                    Apply(update.Snapshot.Find(_place, source.Name));
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The process stops.
        }
    }

    private void Apply(T? found)
    {
        try
        {
            if (found is null)
            {
                if (_wasThere || !source.Optional)
                {
                    Failed(Missing().Message);
                }
            }
            else if (Take(Read(found)))
            {
                Announce();
            }
        }
        catch (KubernetesConfigurationException exception)
        {
            Failed(exception.Message);
        }
    }

    private Settings Read(T found)
    {
        _wasThere = true;
        return SettingsReader.Read(source, Where, entriesOf(found));
    }

    private KubernetesConfigurationException Missing() => new(
        $"{ErrorIds.ObjectMissing}: There is no {kind.Kind} {source.Name} in namespace {_place}. Make it, correct the "
        + $"name, or let the service start without: {Optionally}");
}
