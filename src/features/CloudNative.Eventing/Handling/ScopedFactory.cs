using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Eventing.Handling;

/// <summary>
/// Gets an object from the scope's services, or makes it with constructor arguments from them when it is not registered.
/// </summary>
internal sealed class ScopedFactory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>
    where T : class
{
    private ObjectFactory<T>? _make;

    /// <summary>Gets or makes one.</summary>
    /// <param name="services">The scope's services.</param>
    /// <param name="isOurs">Whether it was made here, and is the caller's to dispose.</param>
    /// <returns>The object.</returns>
    public T Get(IServiceProvider services, out bool isOurs)
    {
        var registered = services.GetService<T>();
        isOurs = registered is null;
        return registered ?? (_make ??= ActivatorUtilities.CreateFactory<T>([]))(services, null);
    }

    public static ValueTask DisposeAsync(object made)
    {
        if (made is IAsyncDisposable later)
        {
            return later.DisposeAsync();
        }

        (made as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
