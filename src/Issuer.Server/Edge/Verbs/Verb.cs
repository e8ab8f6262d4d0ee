using System.CommandLine;
using System.Data.Common;
using System.Security.Cryptography;
using Issuer.Core.Approvals;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;
using Issuer.Storage.Schema;

namespace Issuer.Server.Edge.Verbs;

/// <summary>How every verb runs and ends: 0 done, 1 refused with the reasons on stderr, 2 wrong usage.</summary>
static class Verb
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;

    /// <summary>Of <c>verify</c> alone: a list is too old to say.</summary>
    public const int Stale = 3;

    /// <summary>A verb without a store.</summary>
    public static Command Runs(this Command command, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        command.SetAction((parsed, cancel) => GuardAsync(() => run(parsed, cancel)));
        return command;
    }

    /// <summary>A verb on the store, with the common options added.</summary>
    /// <param name="role">
    /// What a token must carry outside Development; null: the verb only reads for its own machine.
    /// </param>
    /// <param name="writes">Whether it changes the store: then the store's clock must not be ahead.</param>
    /// <param name="run">
    /// Async, with an exit code. Its parameters say what it needs: the parsed command line, the screen, the token that
    /// cancels it, and anything of the application.
    /// </param>
    /// <param name="mayBegin">
    /// Whether it may make a new store: elsewhere a mistyped directory would look like success.
    /// </param>
    public static Command OnStore(
        this Command command, string? role, bool writes, Delegate run, bool mayBegin = false)
    {
        var options = new StoreOptions();
        options.AddTo(command);
        return command.Runs(async (parsed, cancel) =>
        {
            await using var issuer = await OpenAsync(
                options.Read(parsed) with { MustExist = !mayBegin, Use = writes ? StoreUse.Write : StoreUse.Read },
                cancel);
            if (role is not null && !issuer.Get<StoreEnvironment>().IsDevelopment)
            {
                await issuer.Get<CommandToken>().RequireAsync(
                    await options.TokenAsync(parsed, cancel), role,
                    // Keys. What else takes it is answered for by name.
                    isRecent: writes && role == Roles.MinistrySecurity, cancel);
            }
            if (writes)
            {
                await issuer.Get<EnterStore>().RunAsync(cancel);
            }
            return await RunAsync(run, issuer, parsed, new Screen(parsed.GetValue(options.Json)), cancel);
        });
    }

    /// <summary>
    /// A verb that somebody answers for by name: the token's owner, in Development whoever sits at the machine. That
    /// person is a parameter more that the verb can have.
    /// </summary>
    public static Command OnStoreAs(this Command command, string developer, Delegate run)
    {
        var options = new StoreOptions();
        options.AddTo(command);
        return command.Runs(async (parsed, cancel) =>
        {
            await using var issuer = await OpenAsync(options.Read(parsed) with { MustExist = true }, cancel);
            var person = issuer.Get<StoreEnvironment>().IsDevelopment
                ? new Person(developer, Roles.All)
                : await issuer.Get<CommandToken>().PersonAsync(await options.TokenAsync(parsed, cancel), cancel);
            await issuer.Get<EnterStore>().RunAsync(cancel);
            return await RunAsync(run, issuer, parsed, new Screen(parsed.GetValue(options.Json)), cancel, person);
        });
    }

    /// <summary>The application, with what the edge itself needs of the store.</summary>
    public static Task<IssuerServices> OpenAsync(StoreSetup setup, CancellationToken cancel) =>
        IssuerServices.OpenAsync(setup, cancel, services =>
        {
            services.AddSingleton<OwnAuthority>();
            services.AddSingleton<CommandToken>();
            services.AddSingleton(all => PathIds.Of(all.GetRequiredService<StoreSecret>()));
        });

    static Task<int> RunAsync(Delegate run, IssuerServices issuer, params object[] given) =>
        (Task<int>)run.DynamicInvoke([
            .. run.Method.GetParameters().Select(parameter =>
                given.FirstOrDefault(parameter.ParameterType.IsInstanceOfType)
                ?? issuer.Get(parameter.ParameterType)),
        ])!;

    static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (RefusedException e)
        {
            await Console.Error.WriteLineAsync(e.Rejection.ToString());
        }
        catch (Exception e) when (e is KeyRefusedException or StoreRefusedException)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("interrupted; run it again to go on");
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            await Console.Error.WriteLineAsync(FileFault.Of(e));
        }
        catch (Exception e) when (e is CryptographicException or DbException)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (Exception e)
        {
            // A bug or a broken dependency: one line for the operator, all of it for who looks into it.
            await Console.Error.WriteLineAsync($"internal error: {e.GetType().Name}; set ISSUER_DEBUG=1 for all of it");
            if (Environment.GetEnvironmentVariable("ISSUER_DEBUG") == "1")
            {
                await Console.Error.WriteLineAsync(e.ToString());
            }
        }
        return Refused;
    }
}
