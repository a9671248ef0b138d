using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.ArchitectureTests.Registration;

/// <summary>Calls registration methods once and twice and tells the difference.</summary>
internal static class RegistrationProbe
{
    /// <summary>Public extensions that register: <c>AddX</c> on services or a host, <c>UseX</c> on the SDK's builder.</summary>
    public static IEnumerable<MethodInfo> Find(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        where type.IsAbstract && type.IsSealed
        from declared in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        where declared.IsDefined(typeof(ExtensionAttribute))
        let method = Close(declared)
        let target = method.GetParameters()[0].ParameterType
        where (IsHost(target) && method.Name.Begins("Add")) || target == typeof(ICloudNativeBuilder)
        select method;

    /// <summary>What the second call added.</summary>
    public static IEnumerable<string> Check(MethodInfo method)
    {
        var once = Registered(method, 1);
        var extra = Registered(method, 2);
        foreach (var known in once)
        {
            extra.Remove(known);
        }

        return extra.Select(added => $"{method.DeclaringType!.Name}.{method.Name}: the second call adds {added}");
    }

    private static List<string> Registered(MethodInfo method, int times)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        // The same call twice: a delegate that is made anew would say something else.
        object?[] arguments = [.. method.GetParameters().Skip(1).Select(Argument)];
        for (var call = 0; call < times; call++)
        {
            Call(method, builder, arguments);
        }

        return [.. builder.Services.Select(Describe)];
    }

    private static void Call(MethodInfo method, WebApplicationBuilder builder, object?[] arguments)
    {
        var target = method.GetParameters()[0].ParameterType;
        if (target == typeof(ICloudNativeBuilder))
        {
            builder.AddCloudNative(cloud => Invoke(method, cloud, arguments));
            return;
        }

        Invoke(method, target == typeof(IServiceCollection) ? builder.Services
            : target == typeof(IHostBuilder) ? builder.Host
            : builder, arguments);
    }

    private static void Invoke(MethodInfo method, object target, object?[] arguments) =>
        method.Invoke(null, [target, .. arguments]);

    /// <summary><c>AddX&lt;TBuilder&gt;(this TBuilder builder)</c> as a web service calls it; any other type is one of options.</summary>
    private static MethodInfo Close(MethodInfo method)
    {
        var target = method.GetParameters()[0].ParameterType;
        if (method.GetGenericArguments().Length != 1 || !(target.IsGenericParameter || IsHost(target)) || IsForEndpoints(target))
        {
            return method;
        }

        var isBuilder = target.IsGenericParameter && target.GetGenericParameterConstraints().Contains(typeof(IHostApplicationBuilder));
        var closed = isBuilder ? typeof(WebApplicationBuilder) : ClassThatFits(method.GetGenericArguments()[0]);
        return method.MakeGenericMethod(closed);
    }

    // What asks for more than any class, such as a DbContext or an interface, gets that itself.
    private static Type ClassThatFits(Type parameter) =>
        parameter.GetGenericParameterConstraints() is [var constraint, ..] ? constraint : typeof(Options.PlantedOptions);

    private static bool IsHost(Type type) =>
        type == typeof(IServiceCollection) || type == typeof(IHostApplicationBuilder) || type == typeof(IHostBuilder)
        || type == typeof(WebApplicationBuilder);

    private static object? Argument(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.HasDefaultValue)
        {
            return parameter.DefaultValue;
        }

        if (type == typeof(string))
        {
            return "planted";
        }

        if (type == typeof(Providers.ProviderOffer))
        {
            return new Providers.ProviderOffer("planted", CloudNativeFeatures.Discovery, Providers.ProviderRank.Named);
        }

        if (type == typeof(System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver))
        {
            return System.Text.Json.JsonSerializerOptions.Default.TypeInfoResolver;
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            var parameters = invoke.GetParameters().Select(item => Expression.Parameter(item.ParameterType)).ToArray();
            return Expression.Lambda(type, Expression.Default(invoke.ReturnType), parameters).Compile();
        }

        return type == typeof(IReadOnlyList<string>)
            ? Array.Empty<string>()
            : throw new NotSupportedException($"{parameter.Member.Name}: add a sample of {type} here, so that the method can be called.");
    }

    private static string Describe(ServiceDescriptor descriptor)
    {
        object? implementation = descriptor.IsKeyedService
            ? descriptor.KeyedImplementationInstance ?? descriptor.KeyedImplementationType
            : descriptor.ImplementationInstance ?? descriptor.ImplementationType;
        implementation ??= descriptor.IsKeyedService
            ? descriptor.KeyedImplementationFactory?.Method
            : descriptor.ImplementationFactory?.Method;
        return $"{descriptor.Lifetime} {descriptor.ServiceType} {descriptor.ServiceKey} → {implementation}";
    }

    private static bool IsForEndpoints(Type target) =>
        target.IsGenericParameter && target.GetGenericParameterConstraints().Contains(typeof(IEndpointConventionBuilder));
}
