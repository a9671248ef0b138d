using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudNative.Kubernetes.Http;

namespace CloudNative.Kubernetes;

public sealed partial class KubernetesApi
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue MergePatch = new("application/merge-patch+json");

    // Of any YAML JSON is a part.
    private static readonly MediaTypeHeaderValue ApplyPatch = new("application/apply-patch+yaml");

    /// <summary>Makes an object.</summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="kind">Its kind.</param>
    /// <param name="item">The object, with its name, and with its namespace where the kind has one.</param>
    /// <param name="cancellationToken">Gives up; the object may have been made.</param>
    /// <returns>The object as the server keeps it.</returns>
    /// <exception cref="KubernetesConflictException">There is one of this name.</exception>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public Task<T> CreateAsync<T>(KubernetesKind<T> kind, T item, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(item);
        var place = item.Metadata.Namespace;
        var call = Call(kind, "create", HttpMethod.Post, place, item.Metadata.Name) with { Path = kind.PathOf(place) };
        return SendAsync(kind, call, () => Content(kind, item, Json), cancellationToken);
    }

    /// <summary>
    /// Replaces an object as a whole: what <typeparamref name="T"/> does not declare is lost, so prefer
    /// <see cref="MergeAsync"/> for objects that others write as well.
    /// </summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="kind">Its kind.</param>
    /// <param name="item">
    /// The object as it shall be, with the resource version that was read: without one it replaces whatever is there.
    /// </param>
    /// <param name="cancellationToken">Gives up; the object may have been replaced.</param>
    /// <returns>The object as the server keeps it.</returns>
    /// <exception cref="KubernetesConflictException">It was changed since it was read.</exception>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public Task<T> ReplaceAsync<T>(KubernetesKind<T> kind, T item, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(item);
        var call = Call(kind, "update", HttpMethod.Put, item.Metadata.Namespace, item.Metadata.Name ?? string.Empty);
        return SendAsync(kind, call, () => Content(kind, item, Json), cancellationToken);
    }

    /// <summary>
    /// Changes the fields that a JSON merge patch names (RFC 7386), and no other; <see langword="null"/> removes one.
    /// With <c>metadata.resourceVersion</c> in it, it fails when the object was changed meanwhile.
    /// </summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="kind">Its kind.</param>
    /// <param name="place">Its namespace; <see langword="null"/> for a kind of the whole cluster.</param>
    /// <param name="name">Its name.</param>
    /// <param name="patch">The fields.</param>
    /// <param name="cancellationToken">Gives up; the object may have been changed.</param>
    /// <returns>The object as the server keeps it.</returns>
    /// <exception cref="KubernetesConflictException">It has another resource version.</exception>
    /// <exception cref="KubernetesException">The call failed; also when there is no such object.</exception>
    public Task<T> MergeAsync<T>(
        KubernetesKind<T> kind, string? place, string name, JsonObject patch, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(patch);
        var call = Call(kind, "patch", HttpMethod.Patch, place, name);
        return SendAsync(kind, call, () => new StringContent(patch.ToJsonString(), MergePatch), cancellationToken);
    }

    /// <summary>
    /// Makes or changes an object by server-side apply
    /// (https://kubernetes.io/docs/reference/using-api/server-side-apply/): the fields given here are those that
    /// <paramref name="manager"/> owns, and those it gave before and gives no longer are removed.
    /// </summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="kind">Its kind.</param>
    /// <param name="item">The object with its name and the fields to own.</param>
    /// <param name="manager">Who owns them, such as <c>orders</c>.</param>
    /// <param name="isForced">Whether to take fields that somebody else owns.</param>
    /// <param name="cancellationToken">Gives up; the object may have been changed.</param>
    /// <returns>The object as the server keeps it.</returns>
    /// <exception cref="KubernetesConflictException">Somebody else owns a field.</exception>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public Task<T> ApplyAsync<T>(
        KubernetesKind<T> kind, T item, string manager, bool isForced, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentException.ThrowIfNullOrEmpty(manager);
        var call = Call(kind, "patch", HttpMethod.Patch, item.Metadata.Namespace, item.Metadata.Name ?? string.Empty);
        var query = $"?fieldManager={Uri.EscapeDataString(manager)}&force={(isForced ? "true" : "false")}";
        return SendAsync(
            kind, call with { Path = call.Path + query, MayCreate = true }, () => Content(kind, item, ApplyPatch), cancellationToken);
    }

    /// <summary>Deletes an object.</summary>
    /// <typeparam name="T">The object.</typeparam>
    /// <param name="kind">Its kind.</param>
    /// <param name="place">Its namespace; <see langword="null"/> for a kind of the whole cluster.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up; the object may have been deleted.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public Task<bool> DeleteAsync<T>(
        KubernetesKind<T> kind, string? place, string name, CancellationToken cancellationToken)
        where T : KubernetesObject => Connection.CallAsync(
            Call(kind, "delete", HttpMethod.Delete, place, name) with { AlsoAnswers = HttpStatusCode.NotFound },
            static (response, _) => Task.FromResult(response.StatusCode != HttpStatusCode.NotFound),
            cancellationToken);

    private static ByteArrayContent Content<T>(KubernetesKind<T> kind, T item, MediaTypeHeaderValue type)
        where T : KubernetesObject
    {
        var whole = item with { ApiVersion = kind.ApiVersion, Kind = kind.Kind };
        var json = JsonSerializer.SerializeToUtf8Bytes((T)whole, kind.TypeInfo);
        return new ByteArrayContent(json) { Headers = { ContentType = type } };
    }

    private Task<T> SendAsync<T>(
        KubernetesKind<T> kind, KubernetesCall call, Func<HttpContent> body, CancellationToken cancellationToken)
        where T : KubernetesObject => Connection.CallAsync(
            call with { Body = body }, (response, token) => ReadAsync(kind, response, token), cancellationToken);
}
