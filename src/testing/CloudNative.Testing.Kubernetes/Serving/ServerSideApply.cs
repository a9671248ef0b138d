using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CloudNative.Testing.Kubernetes.Storage;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>
/// Server-side apply (https://kubernetes.io/docs/reference/using-api/server-side-apply/): who gives a field owns it;
/// another one's value is a conflict unless forced; what an owner gives no longer is removed when nobody else owns it.
/// Owners are remembered, but <c>managedFields</c> is not shown, and writes other than apply own nothing.
/// </summary>
internal static class ServerSideApply
{
    public static (JsonObject Json, ImmutableDictionary<string, ImmutableHashSet<string>> Owners) Merge(
        StoredObject? before, JsonObject applied, string manager, bool isForced)
    {
        var paths = FieldPaths.Of(applied).ToImmutableHashSet();
        var owners = before?.Owners ?? ImmutableDictionary<string, ImmutableHashSet<string>>.Empty;
        var json = before is null ? [] : JsonText.Copy(before.Json);
        foreach (var (other, owned) in owners.Where(owner => owner.Key != manager))
        {
            var disputed = owned.Intersect(paths)
                .Where(path => !JsonNode.DeepEquals(FieldPaths.Get(json, path), FieldPaths.Get(applied, path)))
                .ToList();
            if (disputed.Count > 0 && !isForced)
            {
                throw ApiProblem.Owned(other, [.. disputed.Select(FieldPaths.Show).Order(StringComparer.Ordinal)]);
            }

            owners = owners.SetItem(other, owned.Except(disputed));
        }

        foreach (var gone in owners.GetValueOrDefault(manager, []).Except(paths))
        {
            if (!owners.Any(owner => owner.Key != manager && owner.Value.Contains(gone)))
            {
                FieldPaths.Remove(json, gone);
            }
        }

        return (MergePatch.Apply(json, applied), SetIfChanged(owners, manager, paths));
    }

    // The same owners stay the same object, so that what changes nothing is seen to.
    private static ImmutableDictionary<string, ImmutableHashSet<string>> SetIfChanged(
        ImmutableDictionary<string, ImmutableHashSet<string>> owners, string manager, ImmutableHashSet<string> paths) =>
        owners.TryGetValue(manager, out var known) && known.SetEquals(paths) ? owners : owners.SetItem(manager, paths);
}
