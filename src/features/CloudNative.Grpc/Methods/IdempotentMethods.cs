using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace CloudNative.Grpc.Methods;

/// <summary>The paths of methods that may be sent twice.</summary>
internal static class IdempotentMethods
{
    public static FrozenSet<string> Of(ServiceDescriptor service) => service.Methods
        .Where(method => method.GetOptions()?.IdempotencyLevel
            is MethodOptions.Types.IdempotencyLevel.Idempotent or MethodOptions.Types.IdempotencyLevel.NoSideEffects)
        .Select(method => $"/{service.FullName}/{method.Name}")
        .ToFrozenSet(StringComparer.Ordinal);

    public static FrozenSet<string> Of(IReadOnlyCollection<string> methods)
    {
        foreach (var method in methods)
        {
            if (!method.StartsWith('/') || method.IndexOf('/', 1) is var second && (second < 2 || second == method.Length - 1))
            {
                throw new ArgumentException(
                    $"'{method}' is no full name of a gRPC method; it looks like '/shop.Catalog/GetProduct'.", nameof(methods));
            }
        }

        return methods.ToFrozenSet(StringComparer.Ordinal);
    }
}
