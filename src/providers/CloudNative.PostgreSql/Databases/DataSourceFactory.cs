using CloudNative.PostgreSql.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace CloudNative.PostgreSql.Databases;

/// <summary>
/// Finds the data source to use: one that the service registered under the provider's name, else the connection string of the section,
/// else the service's only data source, else the named connection string.
/// </summary>
internal static class DataSourceFactory
{
    private const string ConnectionStringKey = $"{PostgreSqlOptions.SectionName}:{nameof(PostgreSqlOptions.ConnectionString)}";

    public static DatabaseSource Create(IServiceProvider provider, PostgreSqlOptions options)
    {
        if (provider.GetKeyedService<NpgsqlDataSource>(PostgreSqlProvider.Name) is { } keyed)
        {
            return new DatabaseSource(keyed, null, isOwned: false);
        }

        var configuration = provider.GetService<IConfiguration>();
        if (options.ConnectionString is { Length: > 0 } text)
        {
            // Whoever sets the options in code has nothing in configuration to read again.
            return Build(provider, text, () => configuration?[ConnectionStringKey] ?? text);
        }

        if (provider.GetService<NpgsqlDataSource>() is { } own)
        {
            return new DatabaseSource(own, null, isOwned: false);
        }

        return configuration?.GetConnectionString(options.ConnectionName) is { Length: > 0 } named
            ? Build(provider, named, () => configuration.GetConnectionString(options.ConnectionName))
            : throw new PostgreSqlStoreException(
                ErrorIds.NoConnection,
                $"There is no connection string: set ConnectionStrings:{options.ConnectionName} or {ConnectionStringKey}, or register an "
                + "NpgsqlDataSource.");
    }

    private static DatabaseSource Build(IServiceProvider provider, string text, Func<string?> read)
    {
        if (PostgreSqlOptionsValidator.FindFault(text) is { } fault)
        {
            throw new PostgreSqlStoreException(ErrorIds.NoConnection, $"The connection string cannot be used. {fault}");
        }

        // Without the host's loggers: Npgsql tells of each command at the level that services log by default, and looks never end.
        var builder = new NpgsqlSlimDataSourceBuilder(text);
        builder.EnableTransportSecurity().EnableIntegratedSecurity().EnableArrays();
        if (provider.GetService<IHostEnvironment>() is not null)
        {
            builder.ConnectionStringBuilder.ApplicationName ??= provider.GetService<ServiceInfo>()?.Name;
        }

        PasswordSource? passwords = null;
        if (builder.ConnectionStringBuilder.Password is { Length: > 0 })
        {
            builder.ConnectionStringBuilder.Password = null;
            var source = passwords = new PasswordSource(() => PasswordOf(read()));
            builder.UsePasswordProvider(_ => source.Next(), (_, _) => ValueTask.FromResult(source.Next()));
            builder.UsePhysicalConnectionInitializer(_ => source.Worked(), _ =>
            {
                source.Worked();
                return Task.CompletedTask;
            });
        }

        return new DatabaseSource(builder.Build(), passwords, isOwned: true);
    }

    private static string? PasswordOf(string? text)
    {
        try
        {
            return text is null ? null : new NpgsqlConnectionStringBuilder(text).Password;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
        {
            return null; // Half written; the old one serves until it is whole.
        }
    }
}
