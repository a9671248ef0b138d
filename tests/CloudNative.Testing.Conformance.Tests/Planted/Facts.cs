using System.Reflection;

namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>Runs the tests of a suite one by one, as the runner would, and says which failed.</summary>
internal static class Facts
{
    public static IEnumerable<MethodInfo> Of(Type suite) => suite.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        .Where(method => method.GetCustomAttributes<FactAttribute>(inherit: true).Any())
        .OrderBy(method => method.Name, StringComparer.Ordinal);

    /// <param name="create">Makes the suite anew for each test.</param>
    /// <param name="only">The one test to run; all when left out.</param>
    public static async Task<List<string>> FailuresAsync<TSuite>(Func<TSuite> create, string? only = null)
        where TSuite : IAsyncLifetime
    {
        var failed = new List<string>();
        foreach (var fact in Of(typeof(TSuite)).Where(fact => only is null || fact.Name == only))
        {
            foreach (var arguments in ArgumentsOf(fact))
            {
                if (await FailsAsync(create(), fact, arguments) && !failed.Contains(fact.Name))
                {
                    failed.Add(fact.Name);
                }
            }
        }

        return failed;
    }

    private static List<object?[]> ArgumentsOf(MethodInfo fact)
    {
        var rows = fact.GetCustomAttributes<InlineDataAttribute>().Select(data => data.Data).ToList();
        return rows.Count == 0 ? [[]] : rows;
    }

    private static async Task<bool> FailsAsync(IAsyncLifetime suite, MethodInfo fact, object?[] arguments)
    {
        await suite.InitializeAsync();
        try
        {
            await (Task)fact.Invoke(suite, arguments)!;
            return false;
        }
        catch (Exception exception) when (exception.Message.StartsWith(Xunit.v3.DynamicSkipToken.Value, StringComparison.Ordinal))
        {
            return false; // Skipped: it asks for what is not claimed.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return true;
        }
        finally
        {
            await suite.DisposeAsync();
        }
    }
}
