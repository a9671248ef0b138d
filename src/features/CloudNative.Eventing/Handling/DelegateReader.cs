using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using CloudNative.Configuration;
using CloudNative.Eventing.Configuration;

namespace CloudNative.Eventing.Handling;

/// <summary>
/// Makes a handler of any method at run time, where no generator did it at build time. The event is the first parameter whose type
/// carries <see cref="EventAttribute"/>, else the first that nothing else explains.
/// </summary>
internal static class DelegateReader
{
    [RequiresUnreferencedCode("Reads the parameters of the handler.")]
    [RequiresDynamicCode("Makes the generic handler of the event's type.")]
    public static HandlerRegistration Read(string topic, Delegate handler)
    {
        var method = handler.Method;
        var parameters = method.GetParameters();
        var data = Array.Find(parameters, IsEvent) ?? Array.Find(parameters, parameter => !ArgumentReader.IsKnown(parameter));
        if (data is null)
        {
            return Bad(topic, method, "a method with a parameter for the event", "Add one, of a type with [Event].");
        }

        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
        {
            return Bad(topic, method, "a method that can be awaited", "Return Task instead of async void: nobody sees its end.");
        }

        if (!ReturnsKnown(method.ReturnType))
        {
            return Bad(topic, method, "a method that returns void, Task or ValueTask", $"Do not return {method.ReturnType.Name}.");
        }

        var code = typeof(DelegateReader).GetMethod(nameof(CodeOf), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(data.ParameterType)
            .Invoke(null, [handler, parameters, data.Position]);
        return new HandlerRegistration(topic, (HandlerCode)code!);
    }

    private static bool IsEvent(ParameterInfo parameter) => parameter.ParameterType.IsDefined(typeof(EventAttribute), inherit: false);

    private static bool ReturnsKnown(Type type) =>
        type == typeof(void) || type == typeof(ValueTask) || typeof(Task).IsAssignableFrom(type);

    private static HandlerCode<T> CodeOf<T>(Delegate handler, ParameterInfo[] parameters, int position)
    {
        var arguments = Array.ConvertAll(parameters, parameter => new ArgumentReader(parameter));
        return new HandlerCode<T>(
            (data, context, cancellationToken) =>
            {
                var values = new object?[arguments.Length];
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = i == position ? data : arguments[i].Read(context, cancellationToken);
                }

                return Call(handler, values);
            },
            $"a handler of {typeof(T).Name}");
    }

    private static ValueTask Call(Delegate handler, object?[] arguments)
    {
        try
        {
            return handler.DynamicInvoke(arguments) switch
            {
                Task task => new ValueTask(task),
                ValueTask task => task,
                _ => ValueTask.CompletedTask,
            };
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } thrown)
        {
            return ValueTask.FromException(thrown);
        }
    }

    private static HandlerRegistration Bad(string topic, MethodInfo method, string allowed, string cure) => new(
        topic, new ConfigurationProblem(ErrorIds.BadHandler, $"The handler of topic '{topic}'", method.Name, allowed, cure));
}
