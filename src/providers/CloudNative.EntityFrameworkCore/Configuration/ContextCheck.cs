using CloudNative.Configuration;
using CloudNative.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.EntityFrameworkCore.Configuration;

/// <summary>
/// Whether a context that was named is there, and has the tables in its model. Builds the model; no connection is
/// opened.
/// </summary>
internal sealed class ContextCheck<TContext>(IServiceProviderIsService known, IServiceScopeFactory scopes) : IConfigurationCheck
    where TContext : DbContext
{
    public void Check(ConfigurationProblems problems)
    {
        var context = typeof(TContext).Name;
        if (!known.IsService(typeof(TContext)))
        {
            problems.Add(
                ErrorIds.NoContext,
                $"UseEntityFrameworkOutbox<{context}>",
                value: null,
                "a context that the services know",
                $"Register it: builder.Services.AddDbContext<{context}>(…).");
            return;
        }

        using var scope = scopes.CreateScope();
        if (!EventTables.AreIn(scope.ServiceProvider.GetRequiredService<TContext>()))
        {
            problems.Add(
                ErrorIds.NotInTheModel,
                $"{context}.OnModelCreating",
                value: null,
                "a model with the tables of outbox and inbox",
                "Call modelBuilder.AddCloudNativeEvents() in it, and add a migration: "
                + $"dotnet ef migrations add CloudNativeEvents --context {context}.");
        }
    }
}
