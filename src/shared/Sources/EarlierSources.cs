using Microsoft.Extensions.Configuration;

namespace CloudNative.Configuration;

/// <summary>
/// What the sources before one say, for a source that has to be told where its store is before there is a container.
/// </summary>
internal sealed class EarlierSources : IDisposable
{
    private readonly IConfigurationRoot? _built;

    private EarlierSources(IConfiguration configuration, IConfigurationRoot? built) =>
        (Configuration, _built) = (configuration, built);

    public IConfiguration Configuration { get; }

    /// <param name="builder">Where they were added. One that is a configuration already is taken as it is.</param>
    /// <param name="isOfThisKind">
    /// Those that need what is looked for here, and are left out; so are streams, which can be read once only.
    /// </param>
    public static EarlierSources Of(IConfigurationBuilder builder, Predicate<IConfigurationSource> isOfThisKind)
    {
        if (builder is IConfiguration configuration)
        {
            return new EarlierSources(configuration, built: null);
        }

        var before = new ConfigurationBuilder();
        foreach (var (key, value) in builder.Properties)
        {
            before.Properties[key] = value;
        }

        foreach (var source in builder.Sources)
        {
            if (source is not StreamConfigurationSource && !isOfThisKind(source))
            {
                before.Add(source);
            }
        }

        var built = before.Build();
        return new EarlierSources(built, built);
    }

    // What is chained belongs to whoever chained it, also when the chain would dispose it.
    public void Dispose()
    {
        foreach (var provider in _built?.Providers.Where(provider => provider is not ChainedConfigurationProvider) ?? [])
        {
            (provider as IDisposable)?.Dispose();
        }
    }
}
