using CloudNative.Configuration;
using CloudNative.EntityFrameworkCore.Configuration;
using CloudNative.EntityFrameworkCore.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.EntityFrameworkCore.Tests.Configuration;

public sealed class ContextCheckTests
{
    [Fact]
    public void Check_ContextIsNotRegistered_SaysSo()
    {
        var problem = Assert.Single(Check<OrdersContext>(_ => { }));
        Assert.Equal("CN4602", problem.Id);
        Assert.Contains("AddDbContext<OrdersContext>", problem.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ModelLacksTheTables_SaysWhatToCall()
    {
        var problem = Assert.Single(Check<ForgetfulContext>(services =>
            services.AddDbContext<ForgetfulContext>(options => options.UseSqlite("Data Source=none.db"))));
        Assert.Equal(("CN4603", "ForgetfulContext.OnModelCreating"), (problem.Id, problem.Key));
        Assert.Contains("AddCloudNativeEvents()", problem.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_AllIsThere_FindsNothing() => Assert.Empty(Check<OrdersContext>(services =>
        services.AddDbContext<OrdersContext>(options => options.UseSqlite("Data Source=none.db"))));

    private static IReadOnlyList<ConfigurationProblem> Check<TContext>(Action<IServiceCollection> add)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        add(services);
        using var host = services.BuildServiceProvider();
        var problems = new ConfigurationProblems();
        var known = host.GetRequiredService<IServiceProviderIsService>();
        new ContextCheck<TContext>(known, host.GetRequiredService<IServiceScopeFactory>()).Check(problems);
        return problems.Items;
    }
}
