using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Eventing.Handling;

/// <summary>
/// Gets an object from the scope's services, or makes it with constructor arguments from them when it is not registered.
/// </summary>
internal sealed class ScopedFactory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>
    where T : class
{
    private const int MadeBeforeCompiling = 32;

    private readonly bool _hasOneConstructor = typeof(T).GetConstructors().Length == 1;
    private volatile ObjectFactory<T>? _make;
    private int _made;

    /// <summary>Gets or makes one.</summary>
    /// <param name="services">The scope's services.</param>
    /// <param name="isOurs">Whether it was made here, and is the caller's to dispose.</param>
    /// <returns>The object.</returns>
    public T Get(IServiceProvider services, out bool isOurs)
    {
        var registered = services.GetService<T>();
        isOurs = registered is null;
        return registered ?? (_make is { } make ? make(services, null) : Make(services));
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

    // Compiling a factory takes some 25 ms, which the first event need not wait for. Where there are several constructors, only the
    // factory says which.
    private T Make(IServiceProvider services)
    {
        if (!_hasOneConstructor)
        {
            Compile();
            return _make!(services, null);
        }

        if (Interlocked.Increment(ref _made) == MadeBeforeCompiling)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static factory => factory.Compile(), this, preferLocal: false);
        }

        return ActivatorUtilities.CreateInstance<T>(services);
    }

    private void Compile() => _make = ActivatorUtilities.CreateFactory<T>([]);
}
