using System.Text.Json.Nodes;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>RFC 7386, section 2.</summary>
internal static class MergePatch
{
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                target[name] = Apply(target[name] as JsonObject is { } old ? old.DeepClone().AsObject() : [], inner);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }

        return target;
    }
}
