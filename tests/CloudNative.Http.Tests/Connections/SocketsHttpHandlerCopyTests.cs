using System.Linq.Expressions;
using System.Net;
using System.Net.Security;
using System.Reflection;
using CloudNative.Http.Connections;

namespace CloudNative.Http.Tests.Connections;

public sealed class SocketsHttpHandlerCopyTests
{
    [Fact]
    public void Copy_EveryPropertyDiffersFromItsDefault_IsCarriedOver()
    {
        using var source = new SocketsHttpHandler();
        SetAll(source);

        using var copy = SocketsHttpHandlerCopy.Copy(source);

        AssertEqual(source, copy, except: null);
        Assert.Equal("value", copy.Properties["key"]);
    }

    [Fact]
    public void CopyTls_EveryPropertyDiffersFromItsDefault_IsCarriedOverButTheName()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "Two of the properties do not exist there.");
        var source = new SslClientAuthenticationOptions();
        SetAll(source);

        var copy = SocketsHttpHandlerCopy.Copy(source, "other");

        Assert.Equal("other", copy.TargetHost);
        AssertEqual(source, copy, except: nameof(source.TargetHost));
    }

    private static void AssertEqual<T>(T source, T copy, string? except)
    {
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite && property.Name != except))
        {
            Assert.True(
                Equals(property.GetValue(source), property.GetValue(copy)),
                $"{property.Name} is not copied: {property.GetValue(source)} became {property.GetValue(copy)}");
        }
    }

    private static void SetAll<T>(T target)
    {
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite))
        {
            property.SetValue(target, Other(property, property.GetValue(target)));
        }

        if (target is SocketsHttpHandler handler)
        {
            handler.Properties["key"] = "value";
        }
    }

    // A value that is legal and not the default one.
    private static object? Other(PropertyInfo property, object? present)
    {
        var type = property.PropertyType;
        return present switch
        {
            bool flag => !flag,
            int number => number > 1_000_000_000 ? 7 : number + 70_000,
            TimeSpan span => span > TimeSpan.Zero ? span + TimeSpan.FromSeconds(7) : TimeSpan.FromSeconds(7),
            Enum => Enum.GetValues(type).Cast<object>().First(value => !value.Equals(present)),
            _ when type == typeof(string) => "name",
            _ when typeof(Delegate).IsAssignableFrom(type) => Build(type),
            _ when type == typeof(IWebProxy) => new WebProxy("http://proxy:1"),
            _ when type == typeof(ICredentials) => new NetworkCredential("a", "b"),
            _ when type == typeof(System.Diagnostics.Metrics.IMeterFactory) => new Meters(),
            _ when type == typeof(System.Diagnostics.DistributedContextPropagator) =>
                System.Diagnostics.DistributedContextPropagator.CreateNoOutputPropagator(),
            _ when type == typeof(CipherSuitesPolicy) => OperatingSystem.IsLinux()
                ? new CipherSuitesPolicy([TlsCipherSuite.TLS_AES_128_GCM_SHA256])
                : null,
            _ when type == typeof(SslStreamCertificateContext) => null,
            _ when type.GetConstructor([]) is not null => Activator.CreateInstance(type),
            _ => throw new NotSupportedException($"Say here what another value of {property.Name} ({type}) is."),
        };
    }

    private static Delegate Build(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType)).ToArray();
        return Expression.Lambda(type, Expression.Default(invoke.ReturnType), parameters).Compile();
    }

    private sealed class Meters : System.Diagnostics.Metrics.IMeterFactory
    {
        public System.Diagnostics.Metrics.Meter Create(System.Diagnostics.Metrics.MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
